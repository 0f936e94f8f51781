import type { DataSource } from 'typeorm';

/** Any number, the same for every process that migrates this schema. */
const MIGRATION_LOCK = 7_215_903_114;

/**
 * Runs the pending migrations and answers their names. An advisory lock lets only one process at a time do so;
 * another waits for it, as long as the connection's lock deadline allows.
 *
 * @param dataSource initialised, with at least two connections
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const migrations = await dataSource.runMigrations();
      return migrations.map((migration) => migration.name);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    await lock.release();
  }
}
