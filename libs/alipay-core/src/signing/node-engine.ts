import type { KeyObject } from 'node:crypto';
import { AlipayError } from '../errors/alipay-error.js';
import type { PrivateKey, PublicKey } from './keys.js';
import { nodeCrypto } from './node-crypto.js';
import type { SignatureEngine, SignType } from './signature-engine.js';

const DIGESTS: Readonly<Record<SignType, string>> = { RSA2: 'sha256', RSA: 'sha1' };
const privateKeys = new WeakMap<PrivateKey, KeyObject>();
const publicKeys = new WeakMap<PublicKey, KeyObject>();

/**
 * Signs and verifies with `node:crypto`: keys are prepared once, and signing runs off the main thread.
 *
 * Throws `AlipayError` (`INVALID_CONFIG`) where the runtime has no `node:crypto`.
 * Source: RFC 8017, section 8.2 (RSASSA-PKCS1-v1_5).
 */
export const nodeSignatureEngine: SignatureEngine = {
  name: 'node',

  async sign(data, key, signType) {
    const { createPrivateKey, sign } = required();
    const prepared = prepare(privateKeys, key, () =>
      createPrivateKey({ key: Buffer.from(key.pkcs8Der), format: 'der', type: 'pkcs8' }),
    );
    return new Promise((resolve, reject) => {
      sign(DIGESTS[signType], data, prepared, (error, signature) => {
        if (error) reject(error);
        else resolve(signature.toString('base64'));
      });
    });
  },

  verify(data, signature, key, signType) {
    const { createPublicKey, verify } = required();
    const bytes = Buffer.from(signature, 'base64');
    // Node skips what is not base64; only the one canonical spelling is a signature.
    if (bytes.toString('base64') !== signature) return false;
    const prepared = prepare(publicKeys, key, () =>
      createPublicKey({ key: Buffer.from(key.spkiDer), format: 'der', type: 'spki' }),
    );
    return verify(DIGESTS[signType], data, prepared, bytes);
  },
};

function required() {
  const crypto = nodeCrypto();
  if (crypto !== null) return crypto;
  throw new AlipayError('INVALID_CONFIG', 'This runtime has no node:crypto.', {
    nextStep: 'Use jsrsasignSignatureEngine.',
  });
}

function prepare<K extends object>(
  cache: WeakMap<K, KeyObject>,
  key: K,
  make: () => KeyObject,
): KeyObject {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}
