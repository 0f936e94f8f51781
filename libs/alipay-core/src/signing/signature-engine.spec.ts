import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TEST_PRIVATE_KEY } from '../../test/fixtures/test-key.js';
import { encodeText } from '../charset/index.js';
import { jsrsasignSignatureEngine } from './jsrsasign-engine.js';
import { nodeSignatureEngine } from './node-engine.js';
import { readPrivateKey } from './read-private-key.js';
import type { SignType } from './signature-engine.js';

const key = readPrivateKey(TEST_PRIVATE_KEY);
const modulusHex = Buffer.from(
  createPublicKey(TEST_PRIVATE_KEY).export({ format: 'jwk' }).n ?? '',
  'base64url',
).toString('hex');
const STRING_TO_SIGN = 'app_id=1&biz_content={"name":"张三"}';

/** Signatures by `openssl dgst -sign` over the same bytes. */
const VECTORS: readonly [string, SignType, Uint8Array, string][] = [
  [
    'nothing, SHA-256',
    'RSA2',
    new Uint8Array(),
    'Qn+J+TVCrXUWm9OuvXhdIE3OBlFyO2IVXfI0BXb9XxXcgl059fGLvftHf3pI5PchSfSoRXwtzqTXSg/FrQlNB63NHPMiE0TtVwqQoyKo0WcGOOFghKmoF6yAsAfsm2Xfj7Rn9EF9rl0wex25IhabYxrybvqBX0Ern+sZ5+cPEuCEZ8sde6HCcnADsfyjYlSUfoV5vyGFzD63bpC1iBIe3ReyZbFS/r4VMcdWSVV7C9PvbSMjK4xlgI61r14xDvpSTLOlgix1xMl8PbHFV6G8LjlPDmD0cJHDKj8loTgsz5xbPcvXBFJZjmc7tLw8nIJulSgQFbi6axT1OlbQFBzgUA==',
  ],
  [
    'GBK bytes, SHA-256',
    'RSA2',
    encodeText(STRING_TO_SIGN, 'gbk'),
    'F2WIbS7qnm80FTWZL9WVWpMAdm1BRaoWrz14YP5hkLtfqSEWXKRqXvJW7eCa1qT7k4RH7EhSboqrz+4ldytUwWeqkqFXuIcm1uKgNy+hNRI3BMJdFFEIdrNL8XuH/1JjRVL0L6YUMH8N0YytMxFkeGDk9CiC7+ECyBl+7bX/WAdXc7TukDS940LFYVMepnBdchzw2wHOQJzuVmHl1y9pI79GmhWLYv6gkeQG1vLq7mn1m9MXFqgh1tl/vYO6w8B/ERldBTVXoqqv+BS/PCXNjvA1/L43oCfpjFYiocV6FTYdZ5fgHKSVJgcnwGi2SABGuzbjIISkV4TY11dO2knjig==',
  ],
  [
    'UTF-8 bytes, SHA-1',
    'RSA',
    encodeText(STRING_TO_SIGN, 'utf-8'),
    'I4HsP6MiOhnYrudRD59i68SoR2b8XfzI/dC0Ca0TAXa4h/6k0mHkcu5SADKJtJrLCKO8eIRy0LAhMXiZldSFpC+234TVDvd3Je0ofO5+ud+QJQR6S1G8F1wLaMYTeqfhAqdCjhyYpVrhIbN/vkq2sDk3bYymv1W35zxM+aVM6Qxse9jBrNzqS9wOMbXMCUcj91d4sI7q2hz0kawkAD9CXh2VdaQ/NdiUnD8PLZTUu2b8ri3gFXqz9mfjXTIBAbZH3yXorgTaNb7dNGRt6EUUDWksBKyYY5nWVsZluqs6H7groiU0hFMgn3xTZIt96JX314zkVH75VEed0uOFwZXrKA==',
  ],
  [
    '1 MiB, SHA-256',
    'RSA2',
    new Uint8Array(1_048_576),
    'uEEBJaGHR1xfTuO1kBXdUQgbGjc0eAPw1ZW1lzwgXUG3rUwMWW/rJSNPTlbuCJX/ZUSLO4r7p8x49QP7I/GC7WcbSJlQv4ccr8dFxR2wtzoGOzllkOFqU/VZdk9oaZJko4KkGXyHZOCeOkls/q6Yxm4GiOsePFbNObxNJozfHPnbOb0gpdqToS4a2ESRsvDxA1Ee5Re6712WE1r5LkPMjEk3lcjAvHGAk1TphI3kCoTnwTJX+GgMEXD+IIM6FjXhOyKQUzv7C3jfNGFofJkhz5iWzb1h7ThkcrAfZprKvL9VcDw4+GFOyO1X7V+C3pjBnK+C5R7g84wvuoSKdkajnQ==',
  ],
];

describe.each([nodeSignatureEngine, jsrsasignSignatureEngine])('the $name engine', (engine) => {
  const [, , data, signature] = VECTORS[1]!;

  it.each(VECTORS)('signs and verifies %s', async (_name, signType, bytes, expected) => {
    expect(await engine.sign(bytes, key, signType)).toBe(expected);
    expect(await engine.sign(bytes, key, signType, 'blocking')).toBe(expected);
    expect(engine.verify(bytes, expected, key.publicKey, signType)).toBe(true);
  });

  it('does not verify other bytes, another sign type or another key', async () => {
    const other = readPrivateKey(generateKey());
    expect(engine.verify(data.slice(1), signature, key.publicKey, 'RSA2')).toBe(false);
    expect(engine.verify(data, signature, key.publicKey, 'RSA')).toBe(false);
    expect(engine.verify(data, signature, other.publicKey, 'RSA2')).toBe(false);
    expect(await engine.sign(data, other, 'RSA2')).not.toBe(signature);
  });

  it('refuses a signature to which the modulus was added', async () => {
    const modulus = BigInt(`0x${modulusHex}`);
    // One signature in five leaves room for the modulus in its 256 bytes.
    for (let count = 0; ; count++) {
      const bytes = Uint8Array.of(count);
      const valid = await nodeSignatureEngine.sign(bytes, key, 'RSA2');
      const sum = (BigInt(`0x${Buffer.from(valid, 'base64').toString('hex')}`) + modulus).toString(
        16,
      );
      if (sum.length > 512) continue;
      expect(engine.verify(bytes, valid, key.publicKey, 'RSA2')).toBe(true);
      const forged = Buffer.from(sum, 'hex').toString('base64');
      expect(engine.verify(bytes, forged, key.publicKey, 'RSA2')).toBe(false);
      return;
    }
  });

  it.each([
    ['empty', ''],
    ['no base64', '***'],
    ['a stray line end', `${signature}\n`],
    ['a stray blank', `${signature.slice(0, 9)} ${signature.slice(9)}`],
    ['base64url', signature.replaceAll('+', '-').replaceAll('/', '_')],
    ['no padding', signature.replace(/=+$/, '')],
    ['set bits behind the end', signature.replace(/.==$/, 'Z==')],
    ['too short', signature.slice(0, 340)],
    ['too long', `AAAA${signature}`],
    ['zero', `${'A'.repeat(342)}==`],
    ['above the modulus', `${'/'.repeat(341)}w==`],
  ])('calls a signature false that is malformed: %s', (_name, malformed) => {
    expect(malformed).not.toBe(signature);
    expect(engine.verify(data, malformed, key.publicKey, 'RSA2')).toBe(false);
  });
});

describe('both engines and OpenSSL', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zhimaper-signing-'));
    writeFileSync(join(folder, 'key.pem'), TEST_PRIVATE_KEY, { mode: 0o600 });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('agree on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 2_000 }),
        fc.constantFrom<SignType>('RSA', 'RSA2'),
        async (bytes, signType) => {
          const digest = signType === 'RSA2' ? '-sha256' : '-sha1';
          const byOpenssl = execFileSync(
            'openssl',
            ['dgst', digest, '-sign', join(folder, 'key.pem')],
            { input: bytes },
          ).toString('base64');
          expect(await nodeSignatureEngine.sign(bytes, key, signType)).toBe(byOpenssl);
          expect(await jsrsasignSignatureEngine.sign(bytes, key, signType)).toBe(byOpenssl);
        },
      ),
      { numRuns: 4 },
    );
  });

  it('agree on keys whose modulus does not fill its last byte', async () => {
    const data = Uint8Array.of(1, 2, 3);
    for (const bits of [1020, 1023]) {
      const odd = readPrivateKey(generateKey(bits));
      const byNode = await nodeSignatureEngine.sign(data, odd, 'RSA2');
      expect(odd.modulusBits).toBe(bits);
      expect(await jsrsasignSignatureEngine.sign(data, odd, 'RSA2')).toBe(byNode);
      expect(jsrsasignSignatureEngine.verify(data, byNode, odd.publicKey, 'RSA2')).toBe(true);
    }
  });

  it('agree that a changed signature is none', () => {
    const [, , data, signature] = VECTORS[1]!;
    fc.assert(
      fc.property(fc.nat(255), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(signature, 'base64');
        bytes[at] = bytes[at]! ^ change;
        const changed = bytes.toString('base64');
        expect(nodeSignatureEngine.verify(data, changed, key.publicKey, 'RSA2')).toBe(false);
        expect(jsrsasignSignatureEngine.verify(data, changed, key.publicKey, 'RSA2')).toBe(false);
      }),
      { numRuns: 20 },
    );
  });
});

function generateKey(bits = 2048): string {
  return execFileSync('openssl', ['genrsa', String(bits)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
