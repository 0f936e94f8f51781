import type { Charset } from './charset.js';
import { decodeText, decodeTextLossily } from './decode-text.js';

const UTF_8_BOM = [0xef, 0xbb, 0xbf];
const BOM = '\uFEFF';

/** An answer's text and the charset that it was really in. */
export interface DecodedAnswer {
  text: string;
  charset: Charset;
}

/**
 * Reads an answer's bytes: in the declared charset if they are well-formed in it, else in UTF-8, else in
 * GB18030, where malformed bytes become U+FFFD. The gateway has been seen to answer GBK to a utf-8 request.
 *
 * A byte order mark is dropped; UTF-8's own decides for UTF-8.
 *
 * @example
 * decodeAnswer(Uint8Array.of(0xd5, 0xc5), 'utf-8'); // { text: '张', charset: 'gb18030' }
 */
export function decodeAnswer(bytes: Uint8Array, declared: Charset): DecodedAnswer {
  const marked = UTF_8_BOM.every((byte, index) => bytes[index] === byte);
  const candidates: readonly Charset[] = marked ? ['utf-8', declared] : [declared, 'utf-8'];
  for (const charset of candidates) {
    const text = decodeText(bytes, charset);
    if (text !== null) return { text: withoutBom(text), charset };
  }
  return { text: withoutBom(decodeTextLossily(bytes, 'gb18030')), charset: 'gb18030' };
}

function withoutBom(text: string): string {
  return text.startsWith(BOM) ? text.slice(1) : text;
}
