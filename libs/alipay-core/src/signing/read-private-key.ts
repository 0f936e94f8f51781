import { hextopem, KEYUTIL } from 'jsrsasign';
import { keyRefusal } from './key-refusal.js';
import { readKeyText, type KeyText } from './key-text.js';
import { PrivateKey, type PrivateKeyFormat } from './keys.js';
import { nodeCrypto } from './node-crypto.js';
import { isRsa } from './rsa-key.js';

/**
 * Reads an RSA private key: PKCS#1 or PKCS#8, PEM or bare base64, as it was pasted (literal `\n`, Windows line ends,
 * blanks and quotes around it). An encrypted key needs its passphrase.
 *
 * Throws `AlipayError` (`INVALID_PRIVATE_KEY`) that says what was found and what was wanted, never the key.
 * Source: RFC 8017 (PKCS#1), RFC 5208 (PKCS#8), RFC 7468 (PEM).
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
      return decrypt(keyText, options.passphrase);
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
  if (!isRsa(key) || !key.isPrivate) throw keyRefusal('INVALID_PRIVATE_KEY', 'damaged text');
  return new PrivateKey(key, format);
}

function decrypt(keyText: KeyText, passphrase: string | undefined): PrivateKey {
  if (passphrase === undefined) {
    throw keyRefusal(
      'INVALID_PRIVATE_KEY',
      'encrypted private key without its passphrase',
      'Give the passphrase too.',
    );
  }
  const pem = keyText.legacyPem ?? hextopem(keyText.hex, 'ENCRYPTED PRIVATE KEY');
  const format = keyText.legacyPem === null ? 'PKCS#8' : 'PKCS#1';
  const crypto = nodeCrypto();
  try {
    // OpenSSL knows every scheme that it writes itself; jsrsasign knows the usual ones.
    const key: unknown = crypto
      ? KEYUTIL.getKey(
          crypto
            .createPrivateKey({ key: pem, passphrase })
            .export({ type: 'pkcs8', format: 'pem' })
            .toString(),
        )
      : KEYUTIL.getKey(pem, passphrase);
    if (isRsa(key) && key.isPrivate) return new PrivateKey(key, format);
  } catch {
    throw keyRefusal(
      'INVALID_PRIVATE_KEY',
      'encrypted private key that the passphrase does not open',
      'Check the passphrase, or write the key again with `openssl pkcs8 -topk8 -nocrypt`.',
    );
  }
  throw keyRefusal('INVALID_PRIVATE_KEY', 'encrypted key of another algorithm');
}
