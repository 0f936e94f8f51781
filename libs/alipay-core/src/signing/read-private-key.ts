import { KEYUTIL } from 'jsrsasign';
import { decryptKey } from './decrypt-key.js';
import { keyRefusal } from './key-refusal.js';
import { readKeyText } from './key-text.js';
import type { PrivateKey, PrivateKeyFormat } from './keys.js';
import { isRsaPrivate, toPrivateKey } from './rsa-key.js';
import { flawOfPrivateKey } from './rsa-soundness.js';

/**
 * Reads an RSA private key: PKCS#1 or PKCS#8, PEM or bare base64, as it was pasted (literal `\n`, Windows line ends,
 * blanks and quotes around it). An encrypted key needs its passphrase.
 *
 * Throws `AlipayError` (`INVALID_PRIVATE_KEY`) that says what was found and what was wanted, never the key.
 * Source: RFC 8017 (PKCS#1), RFC 5208 (PKCS#8), RFC 7468 (PEM).
 *
 * @param text the key as text
 * @param options the passphrase of an encrypted key
 *
 * @example
 * const key = readPrivateKey(await readFile('app-private-key.pem', 'utf8'));
 * key.modulusBits; // 2048
 */
export function readPrivateKey(text: string, options: { passphrase?: string } = {}): PrivateKey {
  const keyText = readKeyText(text);
  switch (keyText.found) {
    case 'PKCS#1 private key':
      return fromHex(keyText.hex, 'PKCS#1');
    case 'PKCS#8 private key':
      return fromHex(keyText.hex, 'PKCS#8');
    case 'encrypted private key':
      return checked(
        decryptKey(keyText, options.passphrase),
        keyText.legacyPem === null ? 'PKCS#8' : 'PKCS#1',
        'encrypted key of another algorithm',
      );
    case 'X.509 certificate':
    case 'PKCS#1 public key':
    case 'SPKI public key':
      throw keyRefusal('INVALID_PRIVATE_KEY', `public key or certificate (${keyText.found})`);
    default:
      throw keyRefusal('INVALID_PRIVATE_KEY', keyText.found);
  }
}

function fromHex(hex: string, format: PrivateKeyFormat): PrivateKey {
  let key: unknown;
  try {
    key = KEYUTIL.getKey(hex, undefined, format === 'PKCS#1' ? 'pkcs5prv' : 'pkcs8prv');
  } catch {
    // What the parser says may quote the key.
    throw keyRefusal('INVALID_PRIVATE_KEY', 'damaged text');
  }
  return checked(key, format, 'damaged text');
}

function checked(key: unknown, format: PrivateKeyFormat, otherwise: string): PrivateKey {
  if (!isRsaPrivate(key)) throw keyRefusal('INVALID_PRIVATE_KEY', otherwise);
  const flaw = flawOfPrivateKey(key);
  if (flaw !== null) throw keyRefusal('INVALID_PRIVATE_KEY', flaw);
  return toPrivateKey(key, format);
}
