import iconv from 'iconv-lite';
import type { AlipayError } from '../errors/alipay-error.js';
import { unencodable } from '../unicode/index.js';
import type { Charset } from './charset.js';

/** The charsets that iconv-lite converts; UTF-8 is the runtime's own. */
export type GbCharset = Exclude<Charset, 'utf-8'>;

const QUESTION_MARK = 0x3f;
/** iconv-lite writes these private-use characters as bytes that read back as something else. */
const MISWRITTEN: Record<GbCharset, RegExp> = {
  gbk: /\uE7C7/,
  gb2312: /\uE7C7/,
  gb18030: /\uE5E5/,
};

/** Encodes, or answers null where the charset cannot hold some character. */
export function encodeGb(text: string, charset: GbCharset): Uint8Array | null {
  if (MISWRITTEN[charset].test(text)) return null;
  const bytes = iconv.encode(text, codec(charset));
  // iconv-lite writes a `?` for what it cannot encode. No two- or four-byte form holds the byte 0x3F, so a
  // `?` too many is exactly such a character.
  return countMarks(bytes, QUESTION_MARK) === countMarks(text, '?') ? bytes : null;
}

/** The refusal of a text for which `encodeGb` answers null. */
export function unencodableInGb(text: string, charset: GbCharset, label: string): AlipayError {
  return unencodable(text, charset, label, (character) => encodeGb(character, charset) !== null);
}

/** Decodes; malformed bytes become U+FFFD. */
export function decodeGb(bytes: Uint8Array, charset: GbCharset): string {
  return iconv.decode(bytes, codec(charset));
}

/** iconv-lite's own `gb2312` is code page 936 without GBK's later additions. */
function codec(charset: GbCharset): string {
  return charset === 'gb2312' ? 'gbk' : charset;
}

function countMarks<T>(sequence: { indexOf(mark: T, from: number): number }, mark: T): number {
  let count = 0;
  for (let at = sequence.indexOf(mark, 0); at >= 0; at = sequence.indexOf(mark, at + 1)) count++;
  return count;
}
