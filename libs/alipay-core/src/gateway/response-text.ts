import { decodeTextLossily, type Charset } from '../charset/index.js';

const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const NOT_ASCII = 0x80;
/** Up to so many bytes, joining characters is faster than calling the runtime's decoder. */
const SHORT = 8;

/**
 * How many bytes the character at `offset` takes, as far as a scanner must know: GBK and GB18030 have
 * characters whose second byte is a backslash or a brace. UTF-8 has none, so its bytes may go one by one.
 * A lead byte without its trail counts alone, so that no quote is ever swallowed.
 */
export function characterWidth(bytes: Uint8Array, offset: number, charset: Charset): number {
  if (charset === 'utf-8' || !isGbLead(bytes[offset])) return 1;
  const second = bytes[offset + 1];
  if (isBetween(second, 0x40, 0xfe) && second !== 0x7f) return 2;
  const isFourByteForm =
    isBetween(second, 0x30, 0x39) &&
    isGbLead(bytes[offset + 2]) &&
    isBetween(bytes[offset + 3], 0x30, 0x39);
  return isFourByteForm ? 4 : 1;
}

/** The text of the bytes `[start, end)`, which hold whole characters. */
export function decodeSegment(
  bytes: Uint8Array,
  start: number,
  end: number,
  charset: Charset,
): string {
  const short = end - start <= SHORT ? shortAscii(bytes, start, end) : null;
  if (short !== null) return short;
  const segment = bytes.subarray(start, end);
  // ASCII is the same in every charset, and the runtime's own decoder is the fastest.
  const isPlain = charset === 'utf-8' || isAscii(segment);
  return decodeTextLossily(segment, isPlain ? 'utf-8' : charset);
}

/**
 * The same JSON with every escaped slash `\/` written as `/`, or null where there is none.
 *
 * Some of the gateway's systems escape slashes after signing; Alipay's own SDK for Java verifies such an
 * answer a second time like this. Only whole escapes are replaced, so the parsed value stays the same.
 */
export function unescapeSlashes(json: Uint8Array, charset: Charset): Uint8Array | null {
  const written = new Uint8Array(json.length);
  let length = 0;
  let from = 0;
  let offset = 0;
  while (offset < json.length) {
    if (json[offset] !== BACKSLASH) {
      offset += characterWidth(json, offset, charset);
      continue;
    }
    if (json[offset + 1] === SLASH) {
      written.set(json.subarray(from, offset), length);
      length += offset - from;
      from = offset + 1;
    }
    offset += 2;
  }
  if (from === 0) return null;
  written.set(json.subarray(from), length);
  return written.subarray(0, length + json.length - from);
}

function shortAscii(bytes: Uint8Array, start: number, end: number): string | null {
  let text = '';
  for (let offset = start; offset < end; offset += 1) {
    const byte = bytes[offset] ?? NOT_ASCII;
    if (byte >= NOT_ASCII) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= NOT_ASCII) return false;
  return true;
}

function isGbLead(byte: number | undefined): boolean {
  return isBetween(byte, 0x81, 0xfe);
}

function isBetween(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high;
}
