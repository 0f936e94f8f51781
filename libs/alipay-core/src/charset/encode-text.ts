import { hasLoneSurrogate, unencodable } from '../unicode/index.js';
import type { Charset } from './charset.js';
import { encodeGb, unencodableInGb } from './gb-codec.js';

const UTF_8 = new TextEncoder();
const ASCII_ONLY = /^\p{ASCII}*$/u;

/**
 * Writes a text in a charset, exactly: a character that the charset cannot hold is refused, never replaced.
 *
 * @param label the field that the text belongs to, named in a refusal
 *
 * Throws `AlipayError` (`UNENCODABLE_CHARACTER`); its message names the character's number and position (in
 * code points, from 1) and shows nothing else of the text.
 *
 * @example
 * encodeText('张', 'gbk'); // d5 c5
 */
export function encodeText(text: string, charset: Charset, label = ''): Uint8Array {
  if (charset === 'utf-8') {
    if (hasLoneSurrogate(text)) throw unencodable(text, charset, label);
    return UTF_8.encode(text);
  }
  if (ASCII_ONLY.test(text)) return UTF_8.encode(text);
  const bytes = encodeGb(text, charset);
  if (bytes === null) throw unencodableInGb(text, charset, label);
  return bytes;
}
