import { AlipayError } from '../errors/alipay-error.js';

/**
 * A charset of the gateway (interface document, `charset`). `gb2312` stands for GBK, its superset: that is
 * what the gateway reads under this name.
 */
export type Charset = 'utf-8' | 'gbk' | 'gb2312' | 'gb18030';

const CHARSETS: ReadonlyMap<string, Charset> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['gbk', 'gbk'],
  ['gb2312', 'gb2312'],
  ['gb18030', 'gb18030'],
]);

/** What may be shown of an unknown name: nothing that could be a value pasted into the wrong field. */
const PRINTABLE_NAME = /^[\w.:-]{1,20}$/;

/**
 * Reads a charset's name in any letter case; `utf8` is accepted for `utf-8`.
 *
 * Throws `AlipayError` (`UNSUPPORTED_CHARSET`) for any other name.
 * Source: interface document, public request parameters.
 *
 * @param name the name, in any letter case
 *
 * @example
 * parseCharset('GBK'); // 'gbk'
 */
export function parseCharset(name: string): Charset {
  const charset = CHARSETS.get(name.trim().toLowerCase());
  if (charset) return charset;
  const found = PRINTABLE_NAME.test(name) ? `"${name}"` : 'The given name';
  throw new AlipayError('UNSUPPORTED_CHARSET', `${found} is not a charset of the gateway.`, {
    nextStep: 'Use utf-8, gbk, gb2312 or gb18030.',
  });
}
