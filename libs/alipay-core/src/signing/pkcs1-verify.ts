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
  const digits = signatureDigits(key);
  if (signatureHex.length !== digits) return false;
  const rsa = preparePublicKey(key);
  const value = bigInteger(signatureHex);
  if (value.compareTo(rsa.n) >= 0) return false;
  const hash = KJUR.crypto.Util.hashHex(dataHex, digest);
  const expected = KJUR.crypto.Util.getPaddedDigestInfoHex(hash, digest, key.modulusBits);
  return rsa.doPublic(value).toString(16).padStart(digits, '0') === expected;
}

/** How many hexadecimal digits a signature has: as many bytes as the modulus. */
export function signatureDigits({ modulusBits }: PrivateKey | PublicKey): number {
  return 2 * Math.ceil(modulusBits / 8);
}
