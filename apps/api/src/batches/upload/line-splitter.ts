/** What is wrong with a line before anything of it is read. */
export type SplitFault = 'LINE_TOO_LONG' | 'QUOTE_NOT_CLOSED';

/** A line as it arrived, without its end. */
export interface RawLine {
  /** Of a line that is too long its beginning. */
  bytes: Buffer;
  fault: SplitFault | null;
}

const MOST_LINE_BYTES = 16 * 1024;

const COMMA = 0x2c;
const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BOM = Buffer.of(0xef, 0xbb, 0xbf);

type State = 'field' | 'plain' | 'quoted' | 'quote';

/**
 * Cuts a stream of bytes into lines, whatever pieces it arrives in, and holds one line at most. Blank lines, and a
 * byte order mark, are none.
 *
 * With quotes a line of CSV may hold line ends (RFC 4180). A quote that is not closed would take in all that follows:
 * where a quoted line gets too long, only the part before its first line end is taken for it, as faulty.
 *
 * @example
 * const splitter = new LineSplitter({ quotes: false });
 * for await (const chunk of stream) handle(splitter.push(chunk));
 * handle(splitter.end());
 */
export class LineSplitter {
  readonly #quotes: boolean;
  /** The line that has not ended yet, and how much of it was looked at. */
  #held: Buffer = Buffer.alloc(0);
  #seen = 0;
  #state: State = 'field';
  /** Where the first line end inside of quotes is. */
  #break = -1;
  /** Whether the rest of a line that is too long is being passed over. */
  #passing = false;
  #begun = false;

  constructor({ quotes }: { quotes: boolean }) {
    this.#quotes = quotes;
  }

  push(chunk: Buffer): RawLine[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (!this.#begun) {
      const [first = 0] = this.#held;
      if (first === BOM[0] && this.#held.length < BOM.length) return [];
      this.#begun = true;
      if (this.#held.subarray(0, BOM.length).equals(BOM)) this.#drop(BOM.length);
    }
    return this.#cut();
  }

  /** The lines that the end of the stream ends. */
  end(): RawLine[] {
    const lines: RawLine[] = [];
    while (this.#held.length > 0) {
      if (this.#state === 'quoted') lines.push(...this.#breakUp());
      else lines.push(...this.#take(this.#held.length, this.#held.length));
      lines.push(...this.#cut());
    }
    return lines;
  }

  #cut(): RawLine[] {
    const lines: RawLine[] = [];
    while (this.#seen < this.#held.length) {
      const byte = this.#held[this.#seen];
      if (byte === LINE_FEED && (this.#passing || this.#state !== 'quoted')) {
        lines.push(...this.#take(this.#seen, this.#seen + 1));
        continue;
      }
      if (this.#quotes && !this.#passing) this.#look(byte);
      this.#seen += 1;
      if (this.#passing || this.#seen <= MOST_LINE_BYTES) continue;
      if (this.#break !== -1) lines.push(...this.#breakUp());
      else lines.push(...this.#pass());
    }
    if (this.#passing) this.#drop(this.#held.length);
    return lines;
  }

  #look(byte: number | undefined): void {
    if (this.#state === 'quoted') {
      if (byte === QUOTE) this.#state = 'quote';
      else if (byte === LINE_FEED && this.#break === -1) this.#break = this.#seen;
    } else if (byte === QUOTE && this.#state !== 'plain') {
      this.#state = 'quoted';
    } else {
      this.#state = byte === COMMA ? 'field' : 'plain';
    }
  }

  /** Ends the line here; none where it is blank. */
  #take(end: number, next: number, fault: SplitFault | null = null): RawLine[] {
    const passed = this.#passing;
    const bytes = trimmed(this.#held.subarray(0, end));
    this.#drop(next);
    this.#passing = false;
    return passed || (fault === null && isBlank(bytes)) ? [] : [{ bytes, fault }];
  }

  /** The quote that began on the held line's first line was never closed: what follows is looked at anew. */
  #breakUp(): RawLine[] {
    const end = this.#break === -1 ? this.#held.length : this.#break;
    return this.#take(end, Math.min(end + 1, this.#held.length), 'QUOTE_NOT_CLOSED');
  }

  /** The line is too long, and its rest is passed over. */
  #pass(): RawLine[] {
    const lines = this.#take(MOST_LINE_BYTES, this.#seen, 'LINE_TOO_LONG');
    this.#passing = true;
    return lines;
  }

  #drop(bytes: number): void {
    this.#held = this.#held.subarray(bytes);
    this.#seen = 0;
    this.#state = 'field';
    this.#break = -1;
  }
}

function trimmed(bytes: Buffer): Buffer {
  return bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === CARRIAGE_RETURN);
}
