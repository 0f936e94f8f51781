import { describe, expect, it } from '@jest/globals';
import { displayPrefix, formatApiKey, hashApiKey, isApiKey } from './api-key-format.js';

// Expected values: Python's zlib.crc32 and hashlib.
const KEY = 'zma_000SYW7RiJxkEgOGusQGwp2rrgwo';
const LARGEST = 'zma_7n42DGM5Tflk9n8mt7Fhc73KlNkn';

describe('API keys', () => {
  it('write 128 bits in base 62, with check digits', () => {
    expect(formatApiKey(Uint8Array.from({ length: 16 }, (_, index) => index))).toBe(KEY);
    expect(formatApiKey(new Uint8Array(16).fill(255))).toBe(LARGEST);
    expect(formatApiKey(new Uint8Array(16))).toBe('zma_00000000000000000000001wqgBs');
  });

  it('take exactly 16 bytes', () => {
    expect(() => formatApiKey(new Uint8Array(15))).toThrow(TypeError);
  });

  it('are told from anything else', () => {
    expect(isApiKey(KEY)).toBe(true);
    expect(isApiKey(LARGEST)).toBe(true);
    const wrong = [
      '',
      'zma_',
      KEY.slice(0, -1),
      `${KEY}0`,
      KEY.replace('zma_', 'zmb_'),
      KEY.replace('S', 'T'),
      KEY.replace('wo', 'ow'),
      ` ${KEY}`,
    ];
    expect(wrong.map(isApiKey)).toEqual(wrong.map(() => false));
  });

  it('are kept as a hash and a prefix', () => {
    expect(hashApiKey(KEY).toString('hex')).toBe(
      '9816c2b37490ce326128062a0cf90c01774f8e4a8ac8487c1d66fadc788de45c',
    );
    expect(displayPrefix(KEY)).toBe('zma_000SYW');
  });
});
