import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FailureReason, HeldJob, JobStore } from './job-store.js';

/** How many signs of life fit into the time without one: a database that is away for half of it takes no job away. */
const BEATS = 6;
const LONGEST_PAUSE_MS = 5_000;
/** How long it is tried to write down how a job ended; later the queue takes it for abandoned. */
const SETTLE_TRIES = 10;

interface ConsumerSettings {
  /** Most jobs at once. */
  concurrency: number;
  /** How long an empty queue is left alone, in milliseconds. */
  pollMs: number;
  /** What is to be done; `signal` is aborted when the process stops or the job was given to somebody else. */
  work: (data: unknown, signal: AbortSignal) => Promise<void>;
  onJobError: (error: unknown) => void;
  /** Called when the queue stops answering, with the error, and with null when it answers again. */
  onQueueState: (failure: unknown) => void;
}

/** Takes jobs from a queue and does them, so many at a time, until it is stopped. */
export class Consumer {
  readonly #store: JobStore;
  readonly #settings: ConsumerSettings;
  readonly #stopping = new AbortController();
  readonly #held = new Map<string, Promise<void>>();
  readonly #loop: Promise<void>;
  #failures = 0;
  #wake: () => void = () => undefined;

  constructor(store: JobStore, settings: ConsumerSettings) {
    this.#store = store;
    this.#settings = settings;
    this.#loop = this.#run();
  }

  /** Takes no further job, and tells those under way to come to an end. */
  drain(): void {
    this.#stopping.abort();
    this.#wake();
  }

  /** Drains, and resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.drain();
    await this.#loop;
    await Promise.all(this.#held.values());
  }

  /** Gives up what is still under way, so that it need not expire first. */
  async abandon(): Promise<void> {
    const ids = [...this.#held.keys()];
    await Promise.all(ids.map((id) => this.#store.fail(id, 'stopped').catch(() => undefined)));
  }

  async #run(): Promise<void> {
    const { concurrency, pollMs } = this.#settings;
    while (!this.#stopping.signal.aborted) {
      const free = concurrency - this.#held.size;
      const jobs = free > 0 ? await this.#fetch(free) : [];
      for (const job of jobs) this.#begin(job);
      if (jobs.length === 0) {
        await this.#pause(Math.min(pollMs * 2 ** this.#failures, LONGEST_PAUSE_MS));
      }
    }
  }

  async #fetch(most: number): Promise<HeldJob[]> {
    try {
      const jobs = await this.#store.fetch(most);
      if (this.#failures > 0) this.#settings.onQueueState(null);
      this.#failures = 0;
      return jobs;
    } catch (error) {
      if (this.#failures === 0) this.#settings.onQueueState(error);
      this.#failures += 1;
      return [];
    }
  }

  #begin(job: HeldJob): void {
    const work = this.#work(job).finally(() => {
      this.#held.delete(job.id);
      this.#wake();
    });
    this.#held.set(job.id, work);
  }

  async #work({ id, data, expiryMs }: HeldJob): Promise<void> {
    const lost = new AbortController();
    const heart = setInterval(() => {
      this.#store.touch(id).then(
        (ours) => {
          if (!ours) lost.abort();
        },
        () => undefined, // The queue's own state is told by whoever fetches.
      );
    }, expiryMs / BEATS).unref();
    try {
      const signal = AbortSignal.any([lost.signal, this.#stopping.signal]);
      // A job may have many things under way that each listen for their end.
      setMaxListeners(0, signal);
      const reason = await this.#attempt(data, signal);
      if (!lost.signal.aborted) await this.#settle(id, reason);
    } finally {
      clearInterval(heart);
    }
  }

  async #attempt(data: unknown, signal: AbortSignal): Promise<FailureReason | null> {
    try {
      await this.#settings.work(data, signal);
      return null;
    } catch (error) {
      if (this.#stopping.signal.aborted && error === signal.reason) return 'stopped';
      this.#settings.onJobError(error);
      return 'error';
    }
  }

  async #settle(id: string, reason: FailureReason | null): Promise<void> {
    for (let tries = 1; tries <= SETTLE_TRIES; tries += 1) {
      try {
        await (reason === null ? this.#store.complete(id) : this.#store.fail(id, reason));
        return;
      } catch (error) {
        if (tries === SETTLE_TRIES || this.#stopping.signal.aborted) {
          this.#settings.onJobError(error);
          return;
        }
        // Its rejection when the process stops only means: now.
        const { signal } = this.#stopping;
        await sleep(this.#settings.pollMs * tries, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Ends early when a job has ended, or the process stops. */
  #pause(milliseconds: number): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
