import { describe, expect, it } from '@jest/globals';

import { decryptContent, encryptContent, readContentKey } from './content-encryption.js';

const PLAIN = Buffer.from('{"a":"张三"}');
const KEY_128 = 'MDEyMzQ1Njc4OWFiY2RlZg==';

describe('content encryption', () => {
  // What `openssl enc -aes-N-cbc -iv 0` makes of it.
  it.each([
    [128, KEY_128, '8Ak9BXKWEDoRHzWhnmLxIw=='],
    [192, 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3', 'yTqAaLaCtdgUumrVrdleQA=='],
    [256, 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=', 'Aqni+GKyBFIaxkPXsZCkUw=='],
  ])('of %s bits there and back', (_, base64, encrypted) => {
    const key = readContentKey(base64);
    expect(encryptContent(PLAIN, key)).toBe(encrypted);
    expect(decryptContent(encrypted, key)).toEqual(PLAIN);
  });

  it.each([
    ['of another key', '8Ak9BXKWEDoRHzWhnmLxIx=='],
    ['that is no base64', '{"a":1}'],
    ['of half a block', 'AAAA'],
    ['of no block', ''],
  ])('does not open a text %s', (_, encrypted) => {
    expect(decryptContent(encrypted, readContentKey('YWFhYWFhYWFhYWFhYWFhYQ=='))).toBeNull();
  });

  it.each(['', 'MDEyMzQ1Njc4OWFiY2RlZg', 'MDEyMw==', '0123456789abcdef!'])(
    'refuses "%s" as a key',
    (base64) => {
      expect(() => readContentKey(base64)).toThrow(
        new TypeError('The content key has to be the base64 of 16, 24 or 32 bytes.'),
      );
    },
  );
});
