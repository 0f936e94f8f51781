import { isUtf8 } from 'node:buffer';
import type { Charset } from './charset.js';
import { decodeGb, encodeGb, type GbCharset } from './gb-codec.js';

// A byte order mark inside a field is a character like any other: `ignoreBOM` keeps it.
const STRICT_UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LOSSY_UTF_8 = new TextDecoder('utf-8', { ignoreBOM: true });
const REPLACEMENT = '\uFFFD';

/**
 * Reads bytes strictly in a charset: null where they are malformed.
 *
 * @example
 * decodeText(Uint8Array.of(0xd5, 0xc5), 'gbk'); // '张'
 * decodeText(Uint8Array.of(0xd5, 0xc5), 'utf-8'); // null
 */
export function decodeText(bytes: Uint8Array, charset: Charset): string | null {
  if (charset !== 'utf-8') return decodeGbStrictly(bytes, charset);
  try {
    return STRICT_UTF_8.decode(bytes);
  } catch {
    return null;
  }
}

/** Whether `decodeText` would answer a text; for UTF-8 without making one. */
export function isWellFormed(bytes: Uint8Array, charset: Charset): boolean {
  return charset === 'utf-8' ? isUtf8(bytes) : decodeGbStrictly(bytes, charset) !== null;
}

/** Reads bytes in a charset; malformed ones become U+FFFD. */
export function decodeTextLossily(bytes: Uint8Array, charset: Charset): string {
  return charset === 'utf-8' ? LOSSY_UTF_8.decode(bytes) : decodeGb(bytes, charset);
}

function decodeGbStrictly(bytes: Uint8Array, charset: GbCharset): string | null {
  const text = decodeGb(bytes, charset);
  if (!text.includes(REPLACEMENT)) return text;
  // GB18030 can hold U+FFFD itself: then it is written back as it came.
  const written = encodeGb(text, charset);
  return written !== null && sameBytes(written, bytes) ? text : null;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
