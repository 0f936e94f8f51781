import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeUtf8, encodeUtf8 } from './index.js';

describe('encodeUtf8', () => {
  it.each([
    ['', ''],
    ['a%20b', '6125323062'],
    ['é', 'c3a9'],
    ['张', 'e5bca0'],
    ['𠮷', 'f0a0aeb7'],
    ['\uFEFF\0', 'efbbbf00'],
  ])('writes %j', (text, hex) => {
    expect(Buffer.from(encodeUtf8(text)).toString('hex')).toBe(hex);
  });

  it('refuses half of a surrogate pair, and shows nothing else of the text', () => {
    expect(() => encodeUtf8('张三\uD842')).toThrow(
      expect.objectContaining({
        code: 'UNENCODABLE_CHARACTER',
        message: 'character 3 is U+D842 (half of a surrogate pair), which utf-8 cannot hold.',
      }),
    );
  });

  it('writes what TextEncoder writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(encodeUtf8(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)));
      }),
    );
  });
});

describe('decodeUtf8', () => {
  it.each([
    ['e5bca0', '张'],
    ['efbbbf61', '\uFEFFa'],
    ['e5bca0ff', '张\uFFFD'],
    ['e5bc', '\uFFFD'],
    ['e5bc61', '\uFFFDa'],
    ['eda080', '\uFFFD\uFFFD\uFFFD'],
    ['f0a0ae', '\uFFFD'],
    ['c080', '\uFFFD\uFFFD'],
    ['f4908080', '\uFFFD\uFFFD\uFFFD\uFFFD'],
  ])('reads %s', (hex, text) => {
    expect(decodeUtf8(Buffer.from(hex, 'hex'))).toBe(text);
  });

  it('reads what TextDecoder reads, whatever the bytes', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const lead = fc.constantFrom(0x41, 0xc1, 0xc2, 0xe0, 0xe5, 0xed, 0xef, 0xf0, 0xf3, 0xf4, 0xf5);
    const byte = fc.oneof(
      lead,
      fc.integer({ min: 0x80, max: 0xbf }),
      fc.integer({ max: 0xff, min: 0 }),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
        expect(decodeUtf8(Uint8Array.from(bytes))).toBe(decoder.decode(Uint8Array.from(bytes)));
      }),
    );
  });
});
