export { cloneDatabase } from './postgres/clone-database.js';
export { startPostgres } from './postgres/start-postgres.js';
export type { EmbeddedPostgres, StartPostgresOptions } from './postgres/start-postgres.js';
export { startLocalStack } from './stack/start-local-stack.js';
export type { LocalStack, LocalStackOptions } from './stack/start-local-stack.js';
