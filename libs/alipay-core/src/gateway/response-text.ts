import { isAscii } from 'node:buffer';
import { decodeTextLossily, type Charset } from '../charset/index.js';

const SLASH = 0x2f;
const BACKSLASH = 0x5c;

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

/** The text of the bytes `[start, end)`, which hold whole characters; malformed ones become U+FFFD. */
export function decodeSegment(bytes: Buffer, start: number, end: number, charset: Charset): string {
  if (charset === 'utf-8') return bytes.toString('utf8', start, end);
  const segment = bytes.subarray(start, end);
  // ASCII is the same in every charset, and the runtime's own decoder is the fastest.
  return isAscii(segment) ? segment.toString('latin1') : decodeTextLossily(segment, charset);
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

function isGbLead(byte: number | undefined): boolean {
  return isBetween(byte, 0x81, 0xfe);
}

function isBetween(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high;
}
