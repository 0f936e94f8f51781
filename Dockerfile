# One image for the api, its worker, its migrations and the gateway sandbox; docker-compose.yml says which command runs where.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci

# What runs, and nothing that only builds or tests.
FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY . .
RUN npm ci --omit=dev --ignore-scripts --workspace @zhimaper/api --workspace @zhimaper/gateway-sandbox

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=packages /app/package.json ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/libs/alipay-core/package.json libs/alipay-core/
COPY --from=build /app/libs/alipay-core/dist libs/alipay-core/dist
COPY --from=build /app/tools/gateway-sandbox/package.json tools/gateway-sandbox/
COPY --from=build /app/tools/gateway-sandbox/bin tools/gateway-sandbox/bin
COPY --from=build /app/tools/gateway-sandbox/dist tools/gateway-sandbox/dist
COPY --from=build /app/apps/api/package.json apps/api/
COPY --from=build /app/apps/api/assets apps/api/assets
COPY --from=build /app/apps/api/bin apps/api/bin
COPY --from=build /app/apps/api/dist apps/api/dist
# Volumes take their first owner from the image.
RUN mkdir /keys /spool && chown node:node /keys /spool
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=15s CMD ["node", "apps/api/bin/healthcheck.js"]
CMD ["node", "apps/api/bin/api.js"]
