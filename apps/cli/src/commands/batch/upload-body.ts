/** The body of an upload, read as quickly as it is taken and never held. */
export class UploadBody {
  readonly #lines: AsyncIterable<readonly string[]>;
  /** Why the lines could not be read to their end. */
  failure: { readonly error: unknown } | null = null;
  /** Whether anything of it was taken: without a connection nothing is. */
  isTaken = false;
  /** Whether the last line was taken. */
  isSent = false;

  constructor(lines: AsyncIterable<readonly string[]>) {
    this.#lines = lines;
  }

  /** To be called once; `onTaken` is called whenever a piece is taken, and at the end. */
  stream(onTaken: () => void): ReadableStream<Uint8Array> {
    return ReadableStream.from(this.#pieces(onTaken));
  }

  async *#pieces(onTaken: () => void): AsyncGenerator<Uint8Array, void, undefined> {
    const encoder = new TextEncoder();
    try {
      for await (const lines of this.#lines) {
        onTaken();
        if (lines.length === 0) continue;
        this.isTaken = true;
        yield encoder.encode(`${lines.join('\n')}\n`);
      }
    } catch (error) {
      this.failure = { error };
      throw error;
    }
    this.isSent = true;
    onTaken();
  }
}
