import type * as NodeCrypto from 'node:crypto';
import { hextopem, KEYUTIL } from 'jsrsasign';
import { keyRefusal } from './key-refusal.js';
import type { KeyText } from './key-text.js';
import { nodeCrypto } from './node-crypto.js';
import { isRsaPrivate } from './rsa-key.js';
import { flawOfPrivateKey } from './rsa-soundness.js';

/**
 * Opens an encrypted private key, PKCS#8 or the old PKCS#1 way. OpenSSL knows every scheme that it writes itself, and is
 * quick at many iterations; where there is none, jsrsasign knows the usual schemes.
 */
export function decryptKey({ hex, legacyPem }: KeyText, passphrase: string | undefined): unknown {
  if (passphrase === undefined) {
    throw keyRefusal(
      'INVALID_PRIVATE_KEY',
      'encrypted private key without its passphrase',
      'Give the passphrase too.',
    );
  }
  const pem = legacyPem ?? hextopem(hex, 'ENCRYPTED PRIVATE KEY');
  const crypto = nodeCrypto();
  try {
    return crypto ? openWithNode(crypto, pem, passphrase) : openWithJsrsasign(pem, passphrase);
  } catch {
    // What the parsers say may quote the passphrase.
    throw keyRefusal(
      'INVALID_PRIVATE_KEY',
      'encrypted private key that the passphrase does not open',
      'Check the passphrase, or write the key again with `openssl pkcs8 -topk8 -nocrypt`.',
    );
  }
}

function openWithNode(crypto: typeof NodeCrypto, pem: string, passphrase: string): unknown {
  const key = crypto.createPrivateKey({ key: pem, passphrase });
  return KEYUTIL.getKey(key.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** It checks no padding: a wrong passphrase can yield a key too, made of noise. */
function openWithJsrsasign(pem: string, passphrase: string): unknown {
  const key: unknown = KEYUTIL.getKey(pem, passphrase);
  if (isRsaPrivate(key) && flawOfPrivateKey(key) !== null) throw new TypeError('Noise, not a key.');
  return key;
}
