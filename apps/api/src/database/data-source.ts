import { DataSource, type DataSourceOptions } from 'typeorm';
import { ApiKey } from '../api-keys/api-key.entity.js';
import { Client } from '../api-keys/client.entity.js';
import { AuditRecord } from '../audit/audit-record.entity.js';
import { AuthorizationTokens } from '../authorizations/authorization-tokens.entity.js';
import { Authorization } from '../authorizations/authorization.entity.js';
import { InitialSchema1795478400000 } from './migrations/1795478400000-initial-schema.js';
import { RateLimits1795824000000 } from './migrations/1795824000000-rate-limits.js';
import { Refresh1795737600000 } from './migrations/1795737600000-refresh.js';
import { ScheduledWork1795910400000 } from './migrations/1795910400000-scheduled-work.js';
import { GatewayBudget1795996800000 } from './migrations/1795996800000-gateway-budget.js';
import { ClaimInOneStatement1796040000000 } from './migrations/1796040000000-claim-in-one-statement.js';
import { Batches1796083200000 } from './migrations/1796083200000-batches.js';
import { AuthorizedByItsIndex1796169600000 } from './migrations/1796169600000-authorized-by-its-index.js';
import { createQuietDeadlineSocket } from './quiet-deadline-socket.js';
import { UnknownOutcomes1795564800000 } from './migrations/1795564800000-unknown-outcomes.js';
import { AuditTrail1795651200000 } from './migrations/1795651200000-audit-trail.js';
import { ErasureAndRetention1795651300000 } from './migrations/1795651300000-erasure-and-retention.js';

/** What a connection may take at most, in milliseconds: nothing waits for ever. */
export interface ConnectionDeadlines {
  /** A free connection of the pool, or a new one to the server. */
  acquire: number;
  lock: number;
  statement: number;
  /** The same as seen from here, should the server or the network keep silent. */
  silence: number;
  idleInTransaction: number;
}

/** The deadlines that leave each other room: the server's own end before the connection is given up. */
export function connectionDeadlines(silence: number): ConnectionDeadlines {
  const share = (part: number) => Math.ceil(silence * part);
  return {
    acquire: share(0.375),
    lock: share(0.375),
    statement: share(0.625),
    silence,
    idleInTransaction: share(0.625),
  };
}

/** How much of the time in which a connection may keep silent it may lie idle in the pool. */
const IDLE_SHARE = 0.75;

export const MIGRATIONS_TABLE = 'schema_migrations';

/** All migrations, oldest first. */
export const MIGRATIONS = [
  InitialSchema1795478400000,
  UnknownOutcomes1795564800000,
  AuditTrail1795651200000,
  ErasureAndRetention1795651300000,
  Refresh1795737600000,
  RateLimits1795824000000,
  ScheduledWork1795910400000,
  GatewayBudget1795996800000,
  ClaimInOneStatement1796040000000,
  Batches1796083200000,
  AuthorizedByItsIndex1796169600000,
] as const;

export interface ConnectionSettings {
  url: string;
  poolSize: number;
  /** What `pg_stat_activity` shows. */
  applicationName: string;
  /** A connection in the pool broke while nobody used it. */
  onPoolError: (error: unknown) => void;
  deadlines: ConnectionDeadlines;
}

/**
 * The one definition of the database for the api, its migrations and its tests. The schema changes by migrations
 * alone.
 */
export function dataSourceOptions({
  url,
  poolSize,
  applicationName,
  onPoolError,
  deadlines,
}: ConnectionSettings): DataSourceOptions {
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
    extra: poolDeadlines(deadlines),
  };
}

/** The deadlines as node-postgres names them. */
export function poolDeadlines(deadlines: ConnectionDeadlines) {
  return {
    connectionTimeoutMillis: deadlines.acquire,
    lock_timeout: deadlines.lock,
    statement_timeout: deadlines.statement,
    idle_in_transaction_session_timeout: deadlines.idleInTransaction,
    stream: () => createQuietDeadlineSocket(deadlines.silence),
    // A connection that nobody needs is closed in good order before its silence is taken for a fault.
    idleTimeoutMillis: deadlines.silence * IDLE_SHARE,
  };
}

export function createDataSource(settings: ConnectionSettings): DataSource {
  return new DataSource(dataSourceOptions(settings));
}
