import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { decryptContent } from './decrypt-content.js';
import { encryptContent } from './encrypt-content.js';
import { EncryptKey } from './encrypt-key.js';
import { jsrsasignAesEngine } from './jsrsasign-aes-engine.js';
import { nodeAesEngine } from './node-aes-engine.js';
import { readEncryptKey } from './read-encrypt-key.js';

const AES_128 = 'MDEyMzQ1Njc4OWFiY2RlZg==';
const AES_192 = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';
const AES_256 = '//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=';
const PERSON = '{"cert_no":"330701199901011311","name":"张三"}';
const SHORT = '{"name":"张三"}';
const BLOCK = '0123456789abcdef';

/** By the Python package `cryptography` over the same bytes. */
const VECTORS = [
  [
    AES_128,
    'utf-8',
    PERSON,
    't6GzkLzauV+H8E37ud6kvnAYBFz92ri8cvDg75TLqxF6N5GgVIvP31Z213ROujgs2vPjjyedwbYPFKz0im+WGA==',
  ],
  [AES_128, 'gbk', SHORT, 'MfiF7aUpAgFGU4WTDWJGpA=='],
  [AES_128, 'utf-8', '', 'N3Ii4GGpJMWRzZwn6hY+1A=='],
  [AES_128, 'utf-8', BLOCK, 'cnJ+iB7c/QEApxhoeQm1ZbK1BDCaLhZGeh0WxMZ4WIA='],
  [
    AES_192,
    'utf-8',
    PERSON,
    'mexAQuMPPBWn8O/G9Hddx/DqXoFWfSM8aSs5bQVK81aS0NhMnrw2oT1fV69goSbqg8M69BSSyLcOjJg0yr1Row==',
  ],
  [AES_192, 'gbk', SHORT, 'grDg4eAvt6B6BUoHrT8/Rw=='],
  [AES_192, 'utf-8', '', 'P+coar3l8DlD1XdwICWWJg=='],
  [AES_192, 'utf-8', BLOCK, '0qcNU9GEk8Vg5aHVBdLiPEFhy2EGdacvPn/bFBJbBH4='],
  [
    AES_256,
    'utf-8',
    PERSON,
    'o9S4XuCoTEC+pUS/D9ocD2VvMTDNcZpGPoNYiZHHUHJwpFJAq8N8bLxDc1eD4wkxfS9YHGAkjiHC2RvRpGDoIQ==',
  ],
  [AES_256, 'gbk', SHORT, 'juPcfJKB0Qz3YxRGJnMamw=='],
  [AES_256, 'utf-8', '', 'dSo7H9o4/Iy4NR9sH0w+Rg=='],
  [AES_256, 'utf-8', BLOCK, 'grRa2IdN59FTFbWDGDsoCiO8nx4cD++lqDEiGsFWT6M='],
] as const;

/** Under AES_128, by the same package: blocks that no padding ends. */
const BADLY_PADDED = [
  ['a last byte of 0', 'C5sV2ktEoPUVHc/EwB811Q=='],
  ['a last byte of 17', 'QGBz3QJlbFwDLpCg1pQxSA=='],
  ['1, 2', 'F2QTtQXi83qTMhC/x66kPg=='],
  ['fifteen times 16, then 15', 'qUGRozC5ZeUOQYNcSAM5uQ=='],
  ['text to the end', 'qZyPFsZ2BRf4ukWRInb3Ag=='],
] as const;

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const REFUSED = { code: 'DECRYPTION_FAILED', message: 'The key does not open this content.' };

function refusalOf(open: () => unknown): unknown {
  try {
    return open();
  } catch (error) {
    return error;
  }
}

describe.each([nodeAesEngine, jsrsasignAesEngine])('content, by the $name engine', (engine) => {
  it.each(VECTORS)('is encrypted under %s in %s: %s', (base64Key, charset, content, sealed) => {
    expect(encryptContent(content, readEncryptKey(base64Key), { charset, engine })).toBe(sealed);
  });

  it.each(VECTORS)('is opened under %s in %s: %s', (base64Key, charset, content, sealed) => {
    const opened = decryptContent(sealed, readEncryptKey(base64Key), { engine });
    const expected = charset === 'gbk' ? '{"name":"\xd5\xc5\xc8\xfd"}' : null;
    expect(expected === null ? Buffer.from(opened).toString() : latin1(opened)).toBe(
      expected ?? content,
    );
  });

  it.each([
    ...BADLY_PADDED,
    ['no block at all', ''],
    ['half a block', 'MDEyMzQ1Njc='],
    ['no base64', '{"code":"10000"}'],
    ['base64url', 'C5sV2ktEoPUVHc_EwB811Q=='],
    ['base64 that is not canonical', 'N3Ii4GGpJMWRzZwn6hY+1B=='],
    ['the content of another key', 'grDg4eAvt6B6BUoHrT8/Rw=='],
  ])('is refused in one way only: %s', (_what, sealed) => {
    const refusal = refusalOf(() => decryptContent(sealed, readEncryptKey(AES_128), { engine }));
    expect(refusal).toMatchObject(REFUSED);
  });

  it('is opened from base64 in lines too', () => {
    const opened = decryptContent('N3Ii4GGpJMWR\r\nzZwn6hY+1A==\n', readEncryptKey(AES_128), {
      engine,
    });
    expect(opened).toHaveLength(0);
  });
});

describe('the two engines', () => {
  it('agree to the byte on any content, under any key', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    const keys = fc.constantFrom(16, 24, 32).chain(bytes);
    const contents = fc.string({ unit: 'binary', maxLength: 64 });
    fc.assert(
      fc.property(keys, contents, (keyBytes, content) => {
        const key = new EncryptKey(keyBytes);
        const sealed = encryptContent(content, key, { engine: nodeAesEngine });
        expect(encryptContent(content, key, { engine: jsrsasignAesEngine })).toBe(sealed);
        for (const engine of [nodeAesEngine, jsrsasignAesEngine]) {
          const opened = decryptContent(sealed, key, { engine });
          expect(Buffer.from(opened).toString()).toBe(content);
        }
      }),
    );
  });
});
