import { describe, expect, it } from '@jest/globals';

import type { Charset } from '../charset/index.js';
import { characterWidth, decodeSegment, unescapeSlashes } from './response-text.js';

describe('characterWidth', () => {
  it.each<[string, number[], Charset, number]>([
    ['ASCII', [0x41, 0x5c], 'gbk', 1],
    ['a byte of UTF-8', [0xe5, 0x5c], 'utf-8', 1],
    ['two bytes', [0xd5, 0x5c], 'gbk', 2],
    ['two bytes, highest', [0xfe, 0xfe], 'gb18030', 2],
    ['two bytes, lowest', [0x81, 0x40], 'gb2312', 2],
    ['four bytes', [0x81, 0x30, 0x81, 0x30], 'gb18030', 4],
    ['four bytes, highest', [0xfe, 0x39, 0xfe, 0x39], 'gb18030', 4],
    ['four bytes without the last', [0x81, 0x30, 0x81], 'gb18030', 1],
    ['four bytes with a wrong last', [0x81, 0x30, 0x81, 0x22], 'gb18030', 1],
    ['a lead before DEL', [0x81, 0x7f], 'gbk', 1],
    ['a lead before a quote', [0x81, 0x22], 'gbk', 1],
    ['a lead before 0xFF', [0x81, 0xff], 'gbk', 1],
    ['a lead at the end', [0x81], 'gbk', 1],
    ['0x80, no lead', [0x80, 0x40], 'gbk', 1],
    ['0xFF, no lead', [0xff, 0x40], 'gbk', 1],
  ])('of %s', (_name, bytes, charset, width) => {
    expect(characterWidth(Uint8Array.from(bytes), 0, charset)).toBe(width);
  });
});

describe('decodeSegment', () => {
  it.each<[string, number[], Charset, string]>([
    ['nothing', [], 'utf-8', ''],
    ['short ASCII', [0x41, 0x42], 'gbk', 'AB'],
    ['long ASCII', Array.from({ length: 9 }, () => 0x61), 'gbk', 'aaaaaaaaa'],
    ['short UTF-8', [0xe5, 0xbc, 0xa0], 'utf-8', '张'],
    ['short GBK', [0xd5, 0xc5], 'gbk', '张'],
    ['a byte order mark as a character', [0xef, 0xbb, 0xbf, 0x41], 'utf-8', '\uFEFFA'],
    ['one of GB18030 as well', [0x84, 0x31, 0x95, 0x33, 0x41], 'gb18030', '\uFEFFA'],
    ['bytes that are malformed', [0x41, 0x81], 'gb18030', 'A\uFFFD'],
  ])('reads %s', (_name, bytes, charset, text) => {
    const padded = Buffer.from([0x78, ...bytes, 0x78]);

    expect(decodeSegment(padded, 1, bytes.length + 1, charset)).toBe(text);
  });
});

describe('unescapeSlashes', () => {
  const unescape = (text: string, charset: Charset = 'utf-8') => {
    const bytes = unescapeSlashes(Buffer.from(text, 'latin1'), charset);
    return bytes && Buffer.from(bytes).toString('latin1');
  };

  it.each([
    [String.raw`{"u":"https:\/\/a.b\/c"}`, '{"u":"https://a.b/c"}'],
    [String.raw`{"u":"\/"}`, '{"u":"/"}'],
    [String.raw`"\\\/"`, String.raw`"\\/"`],
    [String.raw`"\"\/\""`, String.raw`"\"/\""`],
  ])('writes %s as %s', (text, expected) => {
    expect(unescape(text)).toBe(expected);
    expect(JSON.parse(expected)).toStrictEqual(JSON.parse(text));
  });

  it.each(['', '{"u":"a/b"}', String.raw`"\\/"`, String.raw`"\n\\"`, '\\'])(
    'finds no escaped slash in %j',
    (text) => {
      expect(unescape(text)).toBeNull();
    },
  );

  it('leaves a two-byte character alone whose second byte is a backslash', () => {
    expect(unescape('"\u00d5\\/"', 'gbk')).toBeNull();
    expect(unescape('"\u00d5\\\\/"', 'gbk')).toBe('"\u00d5\\/"');
  });
});
