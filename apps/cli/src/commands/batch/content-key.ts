import { createHmac } from 'node:crypto';

/**
 * Derives the key under which the same lines always go, so that a second try continues the first: a digest of exactly
 * what is sent.
 *
 * Keyed with the API key: a plain hash would let whoever sees the key try out ID numbers against it.
 */
export class ContentKey {
  readonly #digest;

  constructor(apiKey: string) {
    this.#digest = createHmac('sha256', apiKey).update('zhimaper batch 1\n');
  }

  add(lines: readonly string[]): void {
    this.#digest.update(lines.map((line) => `${line}\n`).join(''));
  }

  /** To be called once, after the last line. */
  end(): string {
    return `cli-${this.#digest.digest('base64url')}`;
  }
}
