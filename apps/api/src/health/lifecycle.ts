import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';

/** Whether the process is on its way out. */
@Injectable()
export class Lifecycle {
  readonly #abort = new AbortController();
  #draining = false;

  constructor() {
    // Every gateway call under way listens; each one stops listening when it ends.
    setMaxListeners(0, this.#abort.signal);
  }

  /** From now on the process is not ready; what is under way goes on. */
  drain(): void {
    this.#draining = true;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** Gives up the gateway calls under way, so that their outcome can still be written down as unknown. */
  abort(): void {
    this.#abort.abort();
  }

  get abortSignal(): AbortSignal {
    return this.#abort.signal;
  }
}
