import { KEYUTIL, KJUR } from 'jsrsasign';
import { toHex } from './hex.js';
import type { PrivateKey, PublicKey } from './keys.js';
import { oncePerKey } from './per-key.js';
import { asRsa, bigInteger } from './rsa-key.js';

const preparePublicKey = oncePerKey((key: PublicKey) =>
  asRsa(KEYUTIL.getKey(toHex(key.spkiDer), undefined, 'pkcs8pub')),
);

/**
 * Whether `signatureHex` is the key's over these bytes (RSASSA-PKCS1-v1_5, RFC 8017, section 8.2.2). The whole encoded
 * message is compared, so no lenient parser can be fooled. Everything is hexadecimal; the digest goes by its usual name.
 */
export function verifyPkcs1(
  dataHex: string,
  signatureHex: string,
  key: PublicKey,
  digest: string,
): boolean {
  const message = openPkcs1(signatureHex, key);
  if (message === null) return false;
  return message === encodePkcs1(KJUR.crypto.Util.hashHex(dataHex, digest), key, digest);
}

/** What the key makes of a signature; null for what has another length, or lies beyond the modulus. */
export function openPkcs1(signatureHex: string, key: PublicKey): string | null {
  const digits = signatureDigits(key);
  if (signatureHex.length !== digits) return null;
  const rsa = preparePublicKey(key);
  const value = bigInteger(signatureHex);
  if (value.compareTo(rsa.n) >= 0) return null;
  return rsa.doPublic(value).toString(16).padStart(digits, '0');
}

/** The message that a signature over a digest holds (RFC 8017, section 9.2). */
export function encodePkcs1(hashHex: string, key: PublicKey, digest: string): string {
  return KJUR.crypto.Util.getPaddedDigestInfoHex(hashHex, digest, key.modulusBits);
}

/** How many hexadecimal digits a signature has: as many bytes as the modulus. */
export function signatureDigits({ modulusBits }: PrivateKey | PublicKey): number {
  return 2 * Math.ceil(modulusBits / 8);
}
