import type { Charset } from '../charset/index.js';
import type { JsonObject, JsonValue } from './answer.js';
import { characterWidth, decodeSegment } from './response-text.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const END = -1;

const LITERALS: ReadonlyMap<number, { text: string; value: boolean | null }> = new Map([
  [0x74, { text: 'true', value: true }],
  [0x66, { text: 'false', value: false }],
  [0x6e, { text: 'null', value: null }],
]);

/** Why bytes are not JSON. The message names no content, so that it may be logged. */
export class JsonFault extends Error {
  constructor(
    message: string,
    /** Where, in bytes from the start. */
    readonly offset: number,
  ) {
    super(message);
  }
}

interface KnownName {
  start: number;
  length: number;
  text: string;
}

/** A power of two. */
const NAME_SLOTS = 32;

/** Takes one member: its name unescaped, where the name starts, its value, and the bytes `[start, end)` of it. */
type MemberVisitor = (
  name: string,
  nameOffset: number,
  value: JsonValue,
  start: number,
  end: number,
) => void;

/**
 * Reads JSON (RFC 8259, strictly) straight from an answer's bytes, so that a value and the bytes it came
 * from are found by one and the same pass. It accepts what `JSON.parse` accepts and yields the same values,
 * with one exception: a number beyond 2^53 - 1 in magnitude is kept as its text, digits and all.
 */
export class JsonReader {
  private offset = 0;
  private depth = 0;

  private readonly bytes: Buffer;
  private readonly names: (KnownName | undefined)[] = [];

  constructor(
    bytes: Uint8Array,
    private readonly charset: Charset,
    private readonly maxDepth: number,
  ) {
    // The same bytes, not a copy: a `Buffer` reads texts out of its middle without a view for each.
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Steps over the first of `prefixes` that the bytes go on with, if any does. */
  skipOneOf(prefixes: readonly (readonly number[])[]): void {
    const found = prefixes.find((prefix) =>
      prefix.every((byte, at) => this.bytes[this.offset + at] === byte),
    );
    this.offset += found?.length ?? 0;
  }

  /** Where the next byte that is not white space stands, or null at the end. */
  nextOffset(): number | null {
    return this.nextByte() === END ? null : this.offset;
  }

  /** Reads one object, handing over its members in order as they are found. */
  readMembers(visit: MemberVisitor): void {
    this.expect(OPEN_BRACE, 'an object');
    this.enter();
    if (this.nextByte() !== CLOSE_BRACE) {
      do {
        if (this.nextByte() !== QUOTE) throw this.fault('A member name is expected');
        const nameOffset = this.offset;
        const name = this.readName();
        this.expect(COLON, 'a colon');
        this.nextByte();
        const start = this.offset;
        const value = this.readValue();
        visit(name, nameOffset, value, start, this.offset);
      } while (this.accept(COMMA));
    }
    this.expect(CLOSE_BRACE, 'a comma or the end of the object');
    this.depth -= 1;
  }

  readValue(): JsonValue {
    const byte = this.nextByte();
    if (byte === QUOTE) return this.readString();
    if (byte === OPEN_BRACE) return this.readObject();
    if (byte === OPEN_BRACKET) return this.readArray();
    if (byte === MINUS || isDigit(byte)) return this.readNumber();
    return this.readLiteral(byte);
  }

  private readObject(): JsonObject {
    const object: JsonObject = {};
    this.readMembers((name, _nameOffset, value) => {
      if (name === '__proto__') defineOwn(object, name, value);
      else object[name] = value;
    });
    return object;
  }

  private readArray(): JsonValue[] {
    const array: JsonValue[] = [];
    this.offset += 1;
    this.enter();
    if (this.nextByte() !== CLOSE_BRACKET) {
      do array.push(this.readValue());
      while (this.accept(COMMA));
    }
    this.expect(CLOSE_BRACKET, 'a comma or the end of the array');
    this.depth -= 1;
    return array;
  }

  /** Lists repeat their members' names: bytes that stood as a name before are that name again. */
  private readName(): string {
    const { bytes, names } = this;
    const start = this.offset + 1;
    const slot = ((bytes[start] ?? 0) * 3 + (bytes[start + 1] ?? 0)) & (NAME_SLOTS - 1);
    const known = names[slot];
    if (known !== undefined) {
      const { length } = known;
      let at = 0;
      while (at < length && bytes[known.start + at] === bytes[start + at]) at += 1;
      if (at === length && bytes[start + at] === QUOTE) {
        this.offset = start + at + 1;
        return known.text;
      }
    }
    const text = this.readString();
    names[slot] = { start, length: this.offset - 1 - start, text };
    return text;
  }

  private readString(): string {
    const opening = this.offset;
    const { bytes, charset } = this;
    let isEscaped = false;
    let at = opening + 1;
    for (let byte = bytes[at] ?? END; byte !== QUOTE; byte = bytes[at] ?? END) {
      if (byte < 0x20) {
        this.offset = at;
        throw this.fault('A control character stands in a string');
      }
      if (byte === BACKSLASH) {
        isEscaped = true;
        at += 2;
      } else {
        at += byte < 0x80 ? 1 : characterWidth(bytes, at, charset);
      }
    }
    this.offset = at + 1;
    return isEscaped ? this.unescape(opening) : this.text(opening + 1, at);
  }

  /** Leaves the escapes of one whole string token, quotes included, to the runtime: it knows them all. */
  private unescape(opening: number): string {
    try {
      return String(JSON.parse(this.text(opening, this.offset)));
    } catch {
      throw new JsonFault('A string holds an escape that is not valid', opening);
    }
  }

  private readNumber(): number | string {
    const start = this.offset;
    if (this.byte() === MINUS) this.offset += 1;
    if (this.byte() === ZERO) this.offset += 1;
    else this.readDigits();
    if (this.byte() === DOT) {
      this.offset += 1;
      this.readDigits();
    }
    if ((this.byte() | 0x20) === 0x65) {
      this.offset += 1;
      if (this.byte() === MINUS || this.byte() === 0x2b) this.offset += 1;
      this.readDigits();
    }
    const text = this.text(start, this.offset);
    const value = Number(text);
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? text : value;
  }

  private readDigits(): void {
    if (!isDigit(this.byte())) throw this.fault('A digit is expected');
    do this.offset += 1;
    while (isDigit(this.byte()));
  }

  private readLiteral(byte: number): boolean | null {
    const literal = LITERALS.get(byte);
    if (literal === undefined) throw this.fault('A value is expected');
    for (let at = 0; at < literal.text.length; at += 1) {
      if (this.bytes[this.offset + at] !== literal.text.charCodeAt(at)) {
        throw this.fault('A value is expected');
      }
    }
    this.offset += literal.text.length;
    return literal.value;
  }

  private text(start: number, end: number): string {
    return decodeSegment(this.bytes, start, end, this.charset);
  }

  private byte(): number {
    return this.bytes[this.offset] ?? END;
  }

  /** The next byte after white space, not yet consumed. */
  private nextByte(): number {
    let byte = this.byte();
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      this.offset += 1;
      byte = this.byte();
    }
    return byte;
  }

  private accept(byte: number): boolean {
    if (this.nextByte() !== byte) return false;
    this.offset += 1;
    return true;
  }

  private expect(byte: number, what: string): void {
    if (!this.accept(byte)) throw this.fault(`Where ${what} is expected, something else stands`);
  }

  private enter(): void {
    this.depth += 1;
    if (this.depth > this.maxDepth) {
      throw new JsonFault(`The nesting is deeper than ${this.maxDepth} levels`, this.offset - 1);
    }
  }

  private fault(message: string): JsonFault {
    // A trailing backslash steps one too far.
    return this.offset < this.bytes.length
      ? new JsonFault(message, this.offset)
      : new JsonFault('The answer ends too early', this.bytes.length);
  }
}

/** Whether a value is an object, neither an array nor null. */
export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** A plain assignment to `__proto__` would set the prototype instead of a member. */
function defineOwn(object: JsonObject, name: string, value: JsonValue): void {
  Object.defineProperty(object, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
