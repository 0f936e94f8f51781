export { startCluster } from './cluster/start-cluster.js';
export type { Cluster } from './cluster/start-cluster.js';
export type { ClusterMember } from './cluster/members.js';
export { cloneDatabase } from './postgres/clone-database.js';
export { startPostgres } from './postgres/start-postgres.js';
export type { EmbeddedPostgres, StartPostgresOptions } from './postgres/start-postgres.js';
export { startLocalStack } from './stack/start-local-stack.js';
export type { LocalStack, LocalStackOptions } from './stack/start-local-stack.js';
