import type { Charset } from './charset.js';
import { decodeTextLossily } from './decode-text.js';
import { encodeText } from './encode-text.js';

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/**
 * Reads `application/x-www-form-urlencoded` in a charset, each name and value decoded exactly once.
 *
 * Nothing in the bytes makes it fail: a `%` without two hexadecimal digits stands for itself, and bytes that
 * the charset does not know become U+FFFD. A text with characters beyond the charset throws `AlipayError`
 * (`UNENCODABLE_CHARACTER`).
 *
 * Source: WHATWG URL standard, section 5.1.
 *
 * @example
 * formDecode('name=%D5%C5+%C8%FD&rate=100%', 'gbk'); // [['name', '张 三'], ['rate', '100%']]
 */
export function formDecode(form: Uint8Array | string, charset: Charset): [string, string][] {
  const bytes = typeof form === 'string' ? encodeText(form, charset) : form;
  const entries: [string, string][] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(AMPERSAND, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) entries.push(decodeEntry(bytes.subarray(start, end), charset));
    start = end + 1;
  }
  return entries;
}

function decodeEntry(entry: Uint8Array, charset: Charset): [string, string] {
  const equals = entry.indexOf(EQUALS);
  if (equals < 0) return [decodePart(entry, charset), ''];
  return [
    decodePart(entry.subarray(0, equals), charset),
    decodePart(entry.subarray(equals + 1), charset),
  ];
}

function decodePart(part: Uint8Array, charset: Charset): string {
  const decoded = new Uint8Array(part.length);
  let length = 0;
  for (let at = 0; at < part.length; at++) {
    const byte = part[at] ?? 0;
    const escaped = byte === PERCENT ? hexByte(part[at + 1], part[at + 2]) : -1;
    if (escaped >= 0) {
      decoded[length++] = escaped;
      at += 2;
    } else {
      decoded[length++] = byte === PLUS ? SPACE : byte;
    }
  }
  return decodeTextLossily(decoded.subarray(0, length), charset);
}

function hexByte(high: number | undefined, low: number | undefined): number {
  const [first, second] = [hexDigit(high), hexDigit(low)];
  return first < 0 || second < 0 ? -1 : first * 16 + second;
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lowerCase = byte | 0x20;
  return lowerCase >= 0x61 && lowerCase <= 0x66 ? lowerCase - 0x61 + 10 : -1;
}
