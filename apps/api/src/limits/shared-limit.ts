/** What is left of a limit for one key. */
export interface Allowance {
  /** Most uses in a window. */
  quota: number;
  remaining: number;
  /** Length of a window, in seconds. */
  windowSeconds: number;
  /** When the window ends, in whole seconds from now, 1 at least. */
  resetSeconds: number;
}

/** What all instances have used together; adds to it and answers the sum. */
export interface SharedCounter {
  add(key: string, uses: number): Promise<{ used: number; millisecondsLeft: number }>;
}

export interface SharedLimitOptions {
  quota: number;
  windowMs: number;
  /** How many uses of a key are counted here before the other instances are told. */
  step: number;
  counter: SharedCounter;
  onError: (error: unknown) => void;
  /** A clock that only goes forward, in milliseconds. */
  now: () => number;
}

interface Window {
  /** By all instances, as far as is known here. */
  used: number;
  untold: number;
  endsAt: number;
  telling: boolean;
}

/** Beyond this the oldest keys are forgotten here; the shared counter still knows them. */
const MOST_KEYS = 50_000;

/**
 * A limit over all instances that costs no request any time: uses are counted here and told to a shared counter in
 * the background, whose answer says what the others used.
 *
 * An instance may let through too much by what it was not told yet: `step` uses of each other instance and those on
 * the way. Where the counter fails, each instance goes on by its own count.
 */
export class SharedLimit {
  readonly #options: SharedLimitOptions;
  readonly #windows = new Map<string, Window>();

  constructor(options: SharedLimitOptions) {
    this.#options = options;
  }

  /** What is left for a key. */
  allowance(key: string): Allowance {
    const { quota, windowMs, now } = this.#options;
    const window = this.#windowOf(key);
    const left = window ? window.endsAt - now() : windowMs;
    return {
      quota,
      remaining: Math.max(0, quota - (window?.used ?? 0)),
      windowSeconds: windowMs / 1000,
      resetSeconds: Math.max(1, Math.ceil(left / 1000)),
    };
  }

  /** Counts one use of a key. */
  use(key: string): void {
    const window = this.#windowOf(key) ?? this.#begin(key);
    window.used += 1;
    window.untold += 1;
    if (window.untold >= this.#options.step && !window.telling) void this.#tell(key, window);
  }

  #windowOf(key: string): Window | undefined {
    const window = this.#windows.get(key);
    return window && window.endsAt > this.#options.now() ? window : undefined;
  }

  #begin(key: string): Window {
    const { windowMs, now } = this.#options;
    const window = { used: 0, untold: 0, endsAt: now() + windowMs, telling: false };
    this.#windows.delete(key);
    if (this.#windows.size >= MOST_KEYS) {
      for (const oldest of this.#windows.keys()) {
        this.#windows.delete(oldest);
        break;
      }
    }
    this.#windows.set(key, window);
    return window;
  }

  async #tell(key: string, window: Window): Promise<void> {
    const { counter, now, onError, step } = this.#options;
    window.telling = true;
    try {
      while (window.untold >= step) {
        const told = window.untold;
        window.untold = 0;
        const { used, millisecondsLeft } = await counter.add(key, told);
        window.used = used + window.untold;
        window.endsAt = now() + millisecondsLeft;
      }
    } catch (error) {
      onError(error);
    } finally {
      window.telling = false;
    }
  }
}
