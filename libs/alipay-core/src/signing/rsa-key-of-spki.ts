import { KEYUTIL } from 'jsrsasign';
import type { PublicKey, PublicKeyFormat } from './keys.js';
import { isRsa, toPublicKey } from './rsa-key.js';
import { flawOfPublicKey } from './rsa-soundness.js';

/** Reads a SubjectPublicKeyInfo in hexadecimal; null for one of another algorithm, or no key to trust. */
export function rsaKeyOfSpki(hex: string, format: PublicKeyFormat): PublicKey | null {
  let key: unknown;
  try {
    key = KEYUTIL.getKey(hex, undefined, 'pkcs8pub');
  } catch {
    // It throws for curves that it does not know, such as SM2's.
    return null;
  }
  return isRsa(key) && flawOfPublicKey(key) === null ? toPublicKey(key, format) : null;
}
