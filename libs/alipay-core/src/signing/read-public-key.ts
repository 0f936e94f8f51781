import { KEYUTIL } from 'jsrsasign';
import { keyRefusal } from './key-refusal.js';
import { readKeyText } from './key-text.js';
import type { PublicKey, PublicKeyFormat } from './keys.js';
import { isRsa, rsaPublicKeyOfPkcs1, toPublicKey } from './rsa-key.js';
import { flawOfPublicKey } from './rsa-soundness.js';

/**
 * Reads an RSA public key: SPKI, PKCS#1 or an X.509 certificate, PEM or bare base64, as it was pasted.
 *
 * Throws `AlipayError` (`INVALID_PUBLIC_KEY`) that says what was found and what was wanted.
 * Source: RFC 5280, section 4.1 (SPKI, X.509); RFC 8017 (PKCS#1); RFC 7468 (PEM).
 *
 * @param text the key or certificate as text
 *
 * @example
 * readPublicKey('MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A…').modulusBits // 2048
 */
export function readPublicKey(text: string): PublicKey {
  const { found, hex } = readKeyText(text);
  switch (found) {
    case 'SPKI public key':
      return make('SPKI', () => KEYUTIL.getKey(hex, undefined, 'pkcs8pub'));
    case 'PKCS#1 public key':
      return make('PKCS#1', () => rsaPublicKeyOfPkcs1(hex));
    case 'X.509 certificate':
      return make('X.509', () => KEYUTIL.getKey(hex, undefined, 'x509pub'));
    case 'PKCS#1 private key':
    case 'PKCS#8 private key':
    case 'encrypted private key':
      throw keyRefusal(
        'INVALID_PUBLIC_KEY',
        found,
        "Never give a private key away: copy Alipay's public key from the open platform's console instead.",
      );
    default:
      throw keyRefusal('INVALID_PUBLIC_KEY', found);
  }
}

function make(format: PublicKeyFormat, parse: () => unknown): PublicKey {
  let key: unknown;
  try {
    key = parse();
  } catch {
    throw keyRefusal('INVALID_PUBLIC_KEY', 'damaged text');
  }
  if (!isRsa(key)) throw keyRefusal('INVALID_PUBLIC_KEY', 'key of another algorithm');
  const flaw = flawOfPublicKey(key);
  if (flaw !== null) throw keyRefusal('INVALID_PUBLIC_KEY', flaw);
  return toPublicKey(key, format);
}
