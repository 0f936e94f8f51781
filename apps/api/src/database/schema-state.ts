import type { DataSource } from 'typeorm';
import { MIGRATIONS, MIGRATIONS_TABLE } from './data-source.js';
import { QUEUE_NAMES } from '../jobs/queues.js';
import { databaseErrorCode } from './database-errors.js';

const UNDEFINED_TABLE = '42P01';

/**
 * Whether every migration that this build knows has run, and every queue is there. A schema that is ahead of it, as during a rolling
 * release, is current too.
 */
export async function isSchemaCurrent(dataSource: DataSource): Promise<boolean> {
  const names = MIGRATIONS.map((migration) => migration.name);
  try {
    const [row] = await dataSource.query<{ migrations: number; queues: number }[]>(
      `SELECT (SELECT count(*)::int FROM ${MIGRATIONS_TABLE} WHERE name = ANY($1)) AS migrations,
         (SELECT count(*)::int FROM pgboss.queue WHERE name = ANY($2)) AS queues`,
      [names, QUEUE_NAMES],
    );
    return row?.migrations === names.length && row.queues === QUEUE_NAMES.length;
  } catch (error) {
    if (databaseErrorCode(error) === UNDEFINED_TABLE) return false;
    throw error;
  }
}
