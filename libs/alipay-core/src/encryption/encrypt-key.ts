const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** An application's content encryption key, read and checked. Make one with `readEncryptKey`. */
export class EncryptKey {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes.slice();
  }

  /** 128, 192 or 256. */
  get bits(): number {
    return 8 * this.#bytes.length;
  }

  /** The key: the secret itself. */
  get bytes(): Uint8Array {
    return this.#bytes.slice();
  }

  toString(): string {
    return `[EncryptKey: AES ${this.bits} bits]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [INSPECT](): string {
    return this.toString();
  }
}
