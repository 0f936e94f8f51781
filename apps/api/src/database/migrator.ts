import type { DataSource, EntityManager } from 'typeorm';
import { grantQueuesToService, installQueues } from '../jobs/install-queues.js';
import { grantToService, isOtherRole } from './service-role.js';

/** Any number, the same for every process that migrates this schema. */
const MIGRATION_LOCK = 7_215_903_114;

/**
 * Runs the pending migrations and answers their names. An advisory lock lets only one process at a time do so;
 * another waits for it, as long as the connection's lock deadline allows.
 *
 * @param dataSource initialised, with at least two connections
 * @param serviceRole the role that the service connects as; where it is another one, it is granted what it needs
 */
export async function migrate(dataSource: DataSource, serviceRole?: string): Promise<string[]> {
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const migrations = await dataSource.runMigrations();
      await continueAuditPositions(lock.manager);
      await installQueues({
        executeSql: async (text, values) => ({
          rows: (await dataSource.query(text, values)) ?? [],
        }),
      });
      if (serviceRole !== undefined && (await isOtherRole(lock.manager, serviceRole))) {
        await grantToService(lock.manager, serviceRole);
        await grantQueuesToService(lock.manager, serviceRole);
      }
      return migrations.map((migration) => migration.name);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    await lock.release();
  }
}

/**
 * Lets the audit trail go on where it ends. In a database restored from rows, transaction ids begin anew, and with
 * them the positions of events: they would stand among those that were sealed long ago.
 */
async function continueAuditPositions(manager: EntityManager): Promise<void> {
  const [behind] = await manager.query<{ by: string }[]>(`
    SELECT greatest(sealed, written) - pg_current_xact_id()::text::bigint AS by
    FROM (SELECT max(to_position) AS sealed FROM audit_seals) AS seals,
      (SELECT max(position) + 1 AS written FROM audit_events) AS events
    WHERE audit_position(pg_current_xact_id()) < sealed`);
  if (!behind) return;
  await manager.query(`
    CREATE OR REPLACE FUNCTION audit_position(transaction xid8) RETURNS bigint
      LANGUAGE sql STABLE PARALLEL SAFE RETURN transaction::text::bigint + ${BigInt(behind.by)}`);
}
