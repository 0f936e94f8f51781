import { describe, expect, it } from '@jest/globals';
import { AlipayError } from '../errors/alipay-error.js';
import { parseCharset } from './charset.js';

describe('parseCharset', () => {
  it.each([
    ['utf-8', 'utf-8'],
    ['UTF-8', 'utf-8'],
    ['utf8', 'utf-8'],
    ['GBK', 'gbk'],
    ['Gb2312', 'gb2312'],
    [' GB18030 ', 'gb18030'],
  ])('reads %p as %s', (name, charset) => {
    expect(parseCharset(name)).toBe(charset);
  });

  it('refuses an unknown name and says which are known', () => {
    expect(() => parseCharset('latin1')).toThrow(
      new AlipayError('UNSUPPORTED_CHARSET', '"latin1" is not a charset of the gateway.', {
        nextStep: 'Use utf-8, gbk, gb2312 or gb18030.',
      }),
    );
  });

  it.each(['', '张三', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'])('does not repeat %p', (name) => {
    expect(() => parseCharset(name)).toThrow('The given name is not a charset of the gateway.');
  });
});
