import { setTimeout as sleep } from 'node:timers/promises';
import type { Grant } from './budget.repository.js';

/** How much of a second's calls is fetched at once. */
const BLOCK_S = 0.1;
const LARGEST_BLOCK = 50;
/** How long calls that were fetched may be used. */
const LEASE_MS = 1_000;
const LEAST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 1_000;

interface LeaseLineEnds {
  /** Takes up to so many calls from the budget that all share. */
  take: (most: number) => Promise<Grant>;
  onError: (error: unknown) => void;
  now: () => number;
}

interface Waiter {
  serve: () => void;
}

/** Those who wait for a call, in the order of their coming; calls are fetched from the budget in blocks. */
export class LeaseLine {
  readonly #ends: LeaseLineEnds;
  readonly #waiting = new Set<Waiter>();
  #left = 0;
  #leftUntil = 0;
  #fetching = false;
  #rate: number;

  /** @param rate calls in a second, until the budget tells the present rate */
  constructor(rate: number, ends: LeaseLineEnds) {
    this.#rate = rate;
    this.#ends = ends;
  }

  /** Resolves when a call may be made; rejects with the signal's reason when it is aborted before. */
  async wait(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiter);
        reject(signal.reason as Error);
      };
      const waiter = {
        serve: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(waiter);
      this.#serve();
    });
  }

  /** A call that was waited for and then not made is there for the next one. */
  giveBack(): void {
    this.#add(1);
    this.#serve();
  }

  #add(calls: number): void {
    this.#expire();
    this.#left += calls;
    this.#leftUntil = this.#ends.now() + LEASE_MS;
  }

  #expire(): void {
    if (this.#ends.now() >= this.#leftUntil) this.#left = 0;
  }

  #serve(): void {
    this.#expire();
    for (const waiter of this.#waiting) {
      if (this.#left === 0) break;
      this.#left -= 1;
      this.#waiting.delete(waiter);
      waiter.serve();
    }
    if (this.#waiting.size > 0 && !this.#fetching) {
      this.#fetching = true;
      void this.#fetch();
    }
  }

  /** Fetches until nobody waits any more. */
  async #fetch(): Promise<void> {
    while (this.#waiting.size > 0) {
      const block = Math.min(LARGEST_BLOCK, Math.ceil(this.#rate * BLOCK_S));
      let pauseMs = LONGEST_WAIT_MS;
      try {
        const { granted, calls, rate } = await this.#ends.take(block);
        this.#rate = rate;
        this.#add(granted);
        pauseMs = granted > 0 ? 0 : ((1 - calls) / rate) * 1_000;
      } catch (error) {
        this.#ends.onError(error);
      }
      this.#serve();
      if (pauseMs > 0) {
        const waitMs = Math.min(Math.max(pauseMs, LEAST_WAIT_MS), LONGEST_WAIT_MS);
        await sleep(waitMs, undefined, { ref: false });
      }
    }
    this.#fetching = false;
  }
}
