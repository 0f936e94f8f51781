import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';

/** Whether the process is on its way out. */
@Injectable()
export class Lifecycle {
  readonly #drain = new AbortController();
  readonly #abort = new AbortController();

  constructor() {
    // Every gateway call under way listens; each one stops listening when it ends.
    setMaxListeners(0, this.#abort.signal);
  }

  /** From now on the process is not ready and takes no further job; what is under way goes on. */
  drain(): void {
    this.#drain.abort();
  }

  get draining(): boolean {
    return this.#drain.signal.aborted;
  }

  get drainSignal(): AbortSignal {
    return this.#drain.signal;
  }

  /** Gives up the gateway calls under way, so that their outcome can still be written down as unknown. */
  abort(): void {
    this.#abort.abort();
  }

  get abortSignal(): AbortSignal {
    return this.#abort.signal;
  }
}
