import { describe, expect, it } from '@jest/globals';

import { encodeText, findCharset } from './charset.js';

describe('findCharset', () => {
  it.each([
    ['utf-8', 'utf-8'],
    ['UTF-8', 'utf-8'],
    ['GBK', 'gbk'],
    ['GB2312', 'gbk'],
    ['gb18030', 'gb18030'],
  ])('knows %s and keeps its spelling', (label, codec) => {
    expect(findCharset(label)).toEqual({ label, codec });
  });

  it.each(['', 'latin1', 'utf-16', 'constructor', 'utf-8 '])('does not know "%s"', (label) => {
    expect(findCharset(label)).toBeNull();
  });
});

describe('encodeText', () => {
  it('puts ? for a character that the charset does not hold', () => {
    expect(encodeText('张•', { label: 'gbk', codec: 'gbk' })).toEqual(
      Buffer.from([0xd5, 0xc5, 0x3f]),
    );
  });

  it('holds every character in gb18030', () => {
    expect(encodeText('•', { label: 'gb18030', codec: 'gb18030' })).toEqual(
      Buffer.from([0x81, 0x36, 0xa6, 0x31]),
    );
  });
});
