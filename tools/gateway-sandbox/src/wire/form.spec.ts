import { describe, expect, it } from '@jest/globals';

import { UTF_8, type Charset } from './charset.js';
import { decodeComponent, splitForm } from './form.js';

const GBK: Charset = { label: 'GBK', codec: 'gbk' };

describe('splitForm', () => {
  it('splits at the first equals sign and skips empty parts', () => {
    expect(splitForm('a=1&&sign=QQ==&flag&=x')).toEqual([
      { name: 'a', value: '1' },
      { name: 'sign', value: 'QQ==' },
      { name: 'flag', value: '' },
      { name: '', value: 'x' },
    ]);
  });
});

describe('decodeComponent', () => {
  it.each([
    ['%D5%C5%c8%fd', GBK, '张三'],
    ['%E5%BC%A0%E4%B8%89', UTF_8, '张三'],
    ['a+b%2B%20c', UTF_8, 'a b+ c'],
    ['%E5%BC%A0%E4%B8%89', GBK, '寮犱笁'],
    ['%D5%C5', UTF_8, '\u{fffd}\u{fffd}'],
  ])('decodes %s in %o', (raw, charset, text) => {
    expect(decodeComponent(raw, charset)).toBe(text);
  });

  it.each(['%', '%4', '%zz', 'abc%g0'])('finds %s broken', (raw) => {
    expect(decodeComponent(raw, UTF_8)).toBeNull();
  });
});
