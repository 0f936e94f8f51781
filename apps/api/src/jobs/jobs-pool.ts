import { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment-schema.js';
import { connectionDeadlines, poolDeadlines } from '../database/data-source.js';

/** Injection token of the connections that pg-boss uses. */
export const JOBS_POOL = Symbol('JobsPool');

const CONNECTIONS = 3;

/**
 * Makes the pool of pg-boss, which has its own: maintenance sends whole transactions as one text, after whose failure a
 * connection is thrown away. It connects when there is something to do.
 */
export function createJobsPool(environment: Environment, logger: Logger): Pool {
  const pool = new Pool({
    connectionString: environment.DATABASE_URL.reveal(),
    application_name: 'zhimaper-jobs',
    max: CONNECTIONS,
    ...poolDeadlines(connectionDeadlines(environment.DATABASE_TIMEOUT_MS)),
  });
  pool.on('error', (error) => {
    logger.warn({ err: error }, 'an idle connection of the queue broke');
  });
  return pool;
}
