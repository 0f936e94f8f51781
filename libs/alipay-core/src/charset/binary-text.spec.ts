import { describe, expect, it } from '@jest/globals';
import { fromBinaryText, toBinaryText } from './binary-text.js';

describe('binary text', () => {
  it('writes a byte as the character of its number', () => {
    expect(toBinaryText(Uint8Array.of(0x00, 0x41, 0x80, 0xd5, 0xff))).toBe('\0A\u0080Õÿ');
  });

  it('carries every byte there and back, in texts longer than a chunk too', () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256);
    const text = toBinaryText(bytes);
    expect(text).toHaveLength(20_000);
    expect(fromBinaryText(text)).toEqual(bytes);
  });
});
