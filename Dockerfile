# One image for the API, its migrations and the gateway sandbox; docker-compose.yml says which command runs where.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app .
# Volumes take their first owner from the image.
RUN mkdir /keys /spool && chown node:node /keys /spool
USER node
