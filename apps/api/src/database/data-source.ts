import { DataSource, type DataSourceOptions } from 'typeorm';
import { ApiKey } from '../api-keys/api-key.entity.js';
import { Client } from '../api-keys/client.entity.js';
import { AuditRecord } from '../audit/audit-record.entity.js';
import { AuthorizationTokens } from '../authorizations/authorization-tokens.entity.js';
import { Authorization } from '../authorizations/authorization.entity.js';
import { InitialSchema1795478400000 } from './migrations/1795478400000-initial-schema.js';
import { UnknownOutcomes1795564800000 } from './migrations/1795564800000-unknown-outcomes.js';
import { AuditTrail1795651200000 } from './migrations/1795651200000-audit-trail.js';

/** What each connection may take at most, in milliseconds: nothing waits for ever. */
const SERVICE_DEADLINES = {
  /** A free connection of the pool, or a new one to the server. */
  acquire: 3_000,
  lock: 3_000,
  statement: 5_000,
  /** The same as seen from here, should the server not keep its own deadline. */
  answer: 8_000,
  idleInTransaction: 10_000,
};

export const MIGRATIONS_TABLE = 'schema_migrations';

/** All migrations, oldest first. */
export const MIGRATIONS = [
  InitialSchema1795478400000,
  UnknownOutcomes1795564800000,
  AuditTrail1795651200000,
] as const;

export interface ConnectionSettings {
  url: string;
  poolSize: number;
  /** What `pg_stat_activity` shows. */
  applicationName: string;
  /** A connection in the pool broke while nobody used it. */
  onPoolError: (error: unknown) => void;
}

/**
 * The one definition of the database for the api, its migrations and its tests. The schema changes by migrations
 * alone.
 *
 * @param deadlines those that differ from the service's, in milliseconds; a migration may take longer
 */
export function dataSourceOptions(
  { url, poolSize, applicationName, onPoolError }: ConnectionSettings,
  deadlines: Partial<typeof SERVICE_DEADLINES> = {},
): DataSourceOptions {
  const { acquire, lock, statement, answer, idleInTransaction } = {
    ...SERVICE_DEADLINES,
    ...deadlines,
  };
  return {
    type: 'postgres',
    url,
    applicationName,
    poolSize,
    entities: [Client, ApiKey, Authorization, AuthorizationTokens, AuditRecord],
    migrations: [...MIGRATIONS],
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolErrorHandler: onPoolError,
    extra: {
      connectionTimeoutMillis: acquire,
      lock_timeout: lock,
      statement_timeout: statement,
      query_timeout: answer,
      idle_in_transaction_session_timeout: idleInTransaction,
      keepAlive: true,
    },
  };
}

export function createDataSource(...settings: Parameters<typeof dataSourceOptions>): DataSource {
  return new DataSource(dataSourceOptions(...settings));
}
