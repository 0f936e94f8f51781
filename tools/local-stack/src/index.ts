export { cloneDatabase } from './postgres/clone-database.js';
export { startPostgres } from './postgres/start-postgres.js';
export type { EmbeddedPostgres, StartPostgresOptions } from './postgres/start-postgres.js';
