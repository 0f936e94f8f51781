import type { Charset } from './charset.js';
import { isWellFormed } from './decode-text.js';

const UTF_8_BOM = [0xef, 0xbb, 0xbf];

/**
 * The charset that an answer really is in: the declared one if its bytes are well-formed in it, else UTF-8, else
 * GB18030. The gateway has been seen to answer GBK to a utf-8 request. UTF-8's own byte order mark decides for UTF-8.
 *
 * @example
 * answerCharset(Uint8Array.of(0xd5, 0xc5), 'utf-8'); // 'gb18030'
 */
export function answerCharset(bytes: Uint8Array, declared: Charset): Charset {
  const marked = UTF_8_BOM.every((byte, index) => bytes[index] === byte);
  const candidates: readonly Charset[] = marked ? ['utf-8', declared] : [declared, 'utf-8'];
  return candidates.find((charset) => isWellFormed(bytes, charset)) ?? 'gb18030';
}
