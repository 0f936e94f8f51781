import type { BigInteger } from 'jsrsasign';
import type { Rsa, RsaPrivate } from './rsa-key.js';

/** RSASSA-PKCS1-v1_5 with SHA-256 needs 496 bits; OpenSSL makes no key under 512 and uses none over 16,384. */
const SHORTEST_MODULUS = 512;
const LONGEST_MODULUS = 16_384;
/** jsrsasign computes with 32-bit signed exponents; real keys have 65537. */
const LARGEST_EXPONENT = 2 ** 31 - 1;

/** Says why a public key is none to trust, or null. */
export function flawOfPublicKey({ n, e }: Rsa): string | null {
  const bits = n.bitLength();
  if (bits < SHORTEST_MODULUS || bits > LONGEST_MODULUS) return `key of ${bits} bits`;
  // An exponent of 1 would let any text be its own signature.
  if (e < 3 || e > LARGEST_EXPONENT || e % 2 === 0) return 'key with an unusable public exponent';
  return null;
}

/**
 * Says why a private key is none to sign with, or null. A single wrong character in a pasted key leaves its
 * structure whole and makes every signature wrong; some of those give the key away.
 *
 * Source: RFC 8017, section 3.2.
 */
export function flawOfPrivateKey(key: RsaPrivate): string | null {
  const flaw = flawOfPublicKey(key);
  return flaw ?? (agree(key) ? null : 'private key whose numbers do not belong together');
}

function agree(key: RsaPrivate): boolean {
  const [p, q, d] = [toBigInt(key.p), toBigInt(key.q), toBigInt(key.d)];
  const e = BigInt(key.e);
  return (
    p > 1n &&
    q > 1n &&
    p * q === toBigInt(key.n) &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    toBigInt(key.dmp1) === d % (p - 1n) &&
    toBigInt(key.dmq1) === d % (q - 1n) &&
    (toBigInt(key.coeff) * q) % p === 1n
  );
}

function toBigInt(value: BigInteger): bigint {
  return BigInt(`0x${value.toString(16)}`);
}
