import { b64tohex, hextob64 } from 'jsrsasign';
import type { PublicKey } from './keys.js';
import { encodePkcs1, openPkcs1 } from './pkcs1-verify.js';
import { DIGESTS } from './sign-type.js';
import type { SignType } from './signature-engine.js';

/** Hexadecimal digits of each digest. */
const DIGEST_DIGITS: readonly (readonly [SignType, number])[] = [
  ['RSA2', 64],
  ['RSA', 40],
];

/**
 * Tells whether a key made a signature, whatever was signed: the signature type if it did, else null. RSA lets the
 * public key take a signature apart again, and only the right key finds a digest in it.
 *
 * Source: RFC 8017, sections 8.2.2 and 9.2.
 *
 * @example signTypeMadeBy(signature, alipayPublicKey) // 'RSA2': the key is right, so the content is not
 */
export function signTypeMadeBy(signature: string, key: PublicKey): SignType | null {
  const hex = b64tohex(signature);
  const message = hextob64(hex) === signature ? openPkcs1(hex, key) : null;
  if (message === null) return null;
  for (const [signType, digits] of DIGEST_DIGITS) {
    if (message === encodePkcs1(message.slice(-digits), key, DIGESTS[signType])) return signType;
  }
  return null;
}
