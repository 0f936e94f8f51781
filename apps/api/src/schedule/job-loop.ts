import type { PeriodicJob, ScheduledJob } from './periodic-job.js';

/** How much earlier than its interval a job may run, so that instances do not keep step. */
export const JITTER = 0.2;

interface JobLoopEnds {
  /** A number from 0 to 1, 1 excluded. */
  random: () => number;
  onError: (error: unknown) => void;
}

/** Runs one job at once and then again and again, never twice at the same time, until it is stopped. */
export class JobLoop implements ScheduledJob {
  readonly #job: PeriodicJob;
  readonly #ends: JobLoopEnds;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Infinity;
  #running: Promise<void> | undefined;

  constructor(job: PeriodicJob, ends: JobLoopEnds) {
    this.#job = job;
    this.#ends = ends;
    this.soon(0);
  }

  soon(delayMs: number): void {
    const dueAt = performance.now() + delayMs;
    if (this.#stopping.signal.aborted || dueAt >= this.#dueAt) return;
    this.#dueAt = dueAt;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // One that is running looks at the time when it ends.
      this.#running ??= this.#run();
    }, delayMs).unref();
  }

  /** No further run begins; resolves when the last one has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#dueAt = Infinity;
    try {
      await this.#job.run(this.#stopping.signal);
    } catch (error) {
      this.#ends.onError(error);
    }
    this.#running = undefined;
    const { intervalMs } = this.#job;
    const dueAt = this.#dueAt;
    this.#dueAt = Infinity;
    const pauseMs = intervalMs * (1 - JITTER * this.#ends.random());
    this.soon(Math.min(pauseMs, Math.max(0, dueAt - performance.now())));
  }
}
