import { escapeIdentifier } from 'pg';
import PgBoss from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { JOBS_SCHEMA, type JobsDatabase } from './create-boss.js';
import { QUEUE_NAMES } from './queues.js';

/**
 * Makes or updates pg-boss's schema, and what each queue has in it. It is for the migration alone, which lets one
 * process at a time do so: a queue has a table of its own, which the service's role must not make.
 */
export async function installQueues(db: JobsDatabase): Promise<void> {
  const boss = new PgBoss({ db, schema: JOBS_SCHEMA, supervise: false, schedule: false });
  await boss.start();
  for (const name of QUEUE_NAMES) {
    const settings = { name, policy: 'short', retryLimit: 0 } as const;
    await boss.createQueue(name, settings);
    await boss.updateQueue(name, settings);
  }
}

/** Grants the service's role what it does with jobs: it makes, takes and ends them, and makes no queue. */
export async function grantQueuesToService(manager: EntityManager, role: string): Promise<void> {
  const name = escapeIdentifier(role);
  await manager.query(`
    REVOKE ALL ON ALL TABLES IN SCHEMA ${JOBS_SCHEMA} FROM ${name};
    GRANT USAGE ON SCHEMA ${JOBS_SCHEMA} TO ${name};
    GRANT SELECT ON ${JOBS_SCHEMA}.version, ${JOBS_SCHEMA}.queue TO ${name};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${JOBS_SCHEMA}.job, ${JOBS_SCHEMA}.archive TO ${name}`);
}
