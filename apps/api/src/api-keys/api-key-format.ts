import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** SHA-256 of a whole API key; only `hashApiKey` makes one. */
export type ApiKeyHash = Buffer & { readonly __brand: 'ApiKeyHash' };

const PREFIX = 'zma_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_BYTES = 16;
/** 62^22 > 2^128 and 62^6 > 2^32. */
const SECRET_DIGITS = 22;
const CHECK_DIGITS = 6;
const SHOWN_DIGITS = 6;
const SHAPE = new RegExp(
  `^${PREFIX}([0-9A-Za-z]{${SECRET_DIGITS}})([0-9A-Za-z]{${CHECK_DIGITS}})$`,
);

/**
 * Writes an API key: `zma_`, 128 random bits in base 62, and the CRC-32 of what stands before in base 62. The check
 * digits tell a mistyped or foreign text from a key without asking the database, and let scanners find leaked keys.
 *
 * @param random 16 bytes from a cryptographic source
 */
export function formatApiKey(random: Uint8Array): string {
  if (random.length !== RANDOM_BYTES) throw new TypeError('An API key takes 16 random bytes.');
  const body = PREFIX + base62(BigInt(`0x${Buffer.from(random).toString('hex')}`), SECRET_DIGITS);
  return body + checkDigits(body);
}

/** Whether a text has the form of an API key, check digits included. */
export function isApiKey(text: string): boolean {
  const match = SHAPE.exec(text);
  return match !== null && match[2] === checkDigits(text.slice(0, -CHECK_DIGITS));
}

/** A key has 128 random bits: a plain hash cannot be tried out, and needs no salt. */
export function hashApiKey(key: string): ApiKeyHash {
  return createHash('sha256').update(key, 'utf8').digest() as ApiKeyHash;
}

/** The first characters of a key, by which people tell keys apart. */
export function displayPrefix(key: string): string {
  return key.slice(0, PREFIX.length + SHOWN_DIGITS);
}

function checkDigits(body: string): string {
  return base62(BigInt(crc32(body)), CHECK_DIGITS);
}

function base62(value: bigint, digits: number): string {
  let rest = value;
  let text = '';
  for (let digit = 0; digit < digits; digit += 1) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
