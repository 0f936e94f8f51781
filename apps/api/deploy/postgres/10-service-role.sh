#!/bin/sh
# Makes the role that the api runs as; migrations grant it what it needs. Runs once, when the database is made.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_API_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE zhimaper_api LOGIN PASSWORD :'password';
SQL
