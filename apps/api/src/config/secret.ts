import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A configured secret that never prints itself: `String`, `JSON.stringify` and `util.inspect` show a
 * mask, and only `reveal()` gives the value.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
