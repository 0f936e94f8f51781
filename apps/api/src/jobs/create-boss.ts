import PgBoss from 'pg-boss';

/** The schema of pg-boss's own tables. */
export const JOBS_SCHEMA = 'pgboss';

/** Where pg-boss's statements go: a pool, a connection or a transaction. */
export interface JobsDatabase {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

const ARCHIVE_COMPLETED_S = 3_600;
const ARCHIVE_FAILED_S = 86_400;

/**
 * Makes a pg-boss that does nothing by itself: it is never started, since the migration looks after its schema, the
 * schedule after its maintenance and `Consumer` after its jobs.
 */
export function createBoss(db: JobsDatabase): PgBoss {
  return new PgBoss({
    db,
    schema: JOBS_SCHEMA,
    migrate: false,
    supervise: false,
    schedule: false,
    archiveCompletedAfterSeconds: ARCHIVE_COMPLETED_S,
    archiveFailedAfterSeconds: ARCHIVE_FAILED_S,
    deleteAfterDays: 7,
  });
}
