import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readEncryptKey } from './read-encrypt-key.js';

const KEY = 'MDEyMzQ1Njc4OWFiY2RlZg==';

function refusalOf(text: string): Error {
  try {
    readEncryptKey(text);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('a refusal was expected');
}

describe('readEncryptKey', () => {
  it.each([
    [KEY, 128],
    ['AAECAwQFBgcICQoLDA0ODxAREhMUFRYX', 192],
    ['//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=', 256],
    [`  "${KEY}"\r\n`, 128],
    [`'${KEY}'`, 128],
  ])('reads %j as one of %d bits', (text, bits) => {
    expect(readEncryptKey(text).bits).toBe(bits);
  });

  it('reads the bytes', () => {
    expect(Buffer.from(readEncryptKey(KEY).bytes).toString()).toBe('0123456789abcdef');
  });

  it.each([
    ['', 'an empty text'],
    [' "" ', 'an empty text'],
    ['-----BEGIN PRIVATE KEY-----', 'a PEM block'],
    ['000102030405060708090a0b0c0d0e0f', 'hexadecimal digits'],
    ['00'.repeat(32), 'hexadecimal digits'],
    ['not a key!', 'a text that is not base64'],
    ['MDEyMzQ1Njc4OWFiY2RlZg', 'a text that is not base64'],
    ['MDEyMzQ1Njc4OWFiY2RlZh==', 'a text that is not base64'],
    ['张三', 'a text that is not base64'],
    ['MDEyMzQ1Njc4OWFiY2Rl', 'base64 of 15 bytes'],
    ['MDEyMzQ1Njc4OWFiY2RlZmc=', 'base64 of 17 bytes'],
  ])('refuses %j, naming what it is and not what it says', (text, found) => {
    expect(refusalOf(text)).toMatchObject({
      code: 'INVALID_ENCRYPT_KEY',
      message: `Found ${found}, wanted the application's AES key: base64 of 16, 24 or 32 bytes.`,
      nextStep: expect.stringContaining('接口内容加密方式'),
    });
  });

  it('makes a key that shows itself nowhere, and that nobody can change', () => {
    const key = readEncryptKey(KEY);
    key.bytes.fill(0);
    expect(Buffer.from(key.bytes).toString()).toBe('0123456789abcdef');
    expect([inspect({ key }, { showHidden: true }), JSON.stringify({ key }), String(key)]).toEqual([
      '{ key: [EncryptKey: AES 128 bits] }',
      '{"key":"[EncryptKey: AES 128 bits]"}',
      '[EncryptKey: AES 128 bits]',
    ]);
  });
});
