import type PgBoss from 'pg-boss';
import type { JobsDatabase } from './create-boss.js';

/** A job that this process holds. */
export interface HeldJob {
  id: string;
  data: unknown;
  /** How long it stays ours without a sign of life, in milliseconds. */
  expiryMs: number;
}

/** Why a job did not end well. Nothing of the error itself, which may quote a row, gets into the queue's tables. */
export type FailureReason = 'error' | 'stopped';

/** The jobs of one queue, as whoever works on them sees them. */
export interface JobStore {
  /** Takes up to so many jobs. Rejects where the database does not answer. */
  fetch(most: number): Promise<HeldJob[]>;
  /** Tells that a job is being worked on; false where it is not ours any more. */
  touch(id: string): Promise<boolean>;
  complete(id: string): Promise<void>;
  fail(id: string, reason: FailureReason): Promise<void>;
}

const TOUCH = `
  UPDATE pgboss.job SET started_on = now()
  WHERE name = $1 AND id = $2 AND state = 'active' RETURNING id`;

/** The jobs of a queue in pg-boss. */
export function createJobStore(boss: PgBoss, db: JobsDatabase, queue: string): JobStore {
  return {
    fetch: async (most) => {
      // pg-boss answers every error of this statement with an empty list.
      let failure: Error | undefined;
      const watched: JobsDatabase = {
        executeSql: (text, values) =>
          db.executeSql(text, values).catch((cause: unknown) => {
            failure = new Error('The jobs of the queue cannot be read.', { cause });
            throw failure;
          }),
      };
      const jobs = await boss.fetch<object>(queue, { batchSize: most, db: watched });
      if (failure) throw failure;
      return jobs.map(({ id, data, expireInSeconds }) => ({
        id,
        data,
        expiryMs: Number(expireInSeconds) * 1_000,
      }));
    },
    touch: async (id) => (await db.executeSql(TOUCH, [queue, id])).rows.length === 1,
    complete: (id) => boss.complete(queue, id),
    fail: (id, reason) => boss.fail(queue, id, { reason }),
  };
}
