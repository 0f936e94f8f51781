import { JITTER } from './job-loop.js';
import type { PeriodicJob } from './periodic-job.js';

/** How long the turn of a process that gives no sign of life stays taken. */
const HOLD_MS = 10_000;
const SIGNS = 3;

/** Whose turn it is, over all processes. */
interface Turns {
  take(name: string, holder: string, afterMs: number, holdMs: number): Promise<boolean>;
  hold(name: string, holder: string, holdMs: number): Promise<void>;
}

/**
 * A job that one process of all does in each interval. Each process asks at the job's pace, and whoever asks first does it.
 *
 * @param uuid makes the id of a run
 */
export function sharedJob(job: PeriodicJob, turns: Turns, uuid: () => string): PeriodicJob {
  // Whoever asks early, as the jitter may have it, shall find it due, or it would be done at every other question.
  const afterMs = Math.floor(job.intervalMs * (1 - JITTER));
  return {
    name: job.name,
    intervalMs: job.intervalMs,
    run: async (signal) => {
      const holder = uuid();
      if (!(await turns.take(job.name, holder, afterMs, HOLD_MS))) return;
      // Where it fails another process may begin, which the job stands.
      const hold = (ms: number) => turns.hold(job.name, holder, ms).catch(() => undefined);
      let sign: Promise<void> = Promise.resolve();
      const signs = setInterval(() => {
        sign = hold(HOLD_MS);
      }, HOLD_MS / SIGNS).unref();
      try {
        await job.run(signal);
      } finally {
        clearInterval(signs);
        await sign;
        await hold(0);
      }
    },
  };
}
