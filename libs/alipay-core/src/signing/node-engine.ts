import { AlipayError } from '../errors/alipay-error.js';
import type { PrivateKey, PublicKey } from './keys.js';
import { nodeCrypto } from './node-crypto.js';
import { oncePerKey } from './per-key.js';
import { DIGESTS } from './sign-type.js';
import type { SignatureEngine } from './signature-engine.js';

const preparePrivateKey = oncePerKey((key: PrivateKey) =>
  required().createPrivateKey({ key: Buffer.from(key.pkcs8Der), format: 'der', type: 'pkcs8' }),
);
const preparePublicKey = oncePerKey((key: PublicKey) =>
  required().createPublicKey({ key: Buffer.from(key.spkiDer), format: 'der', type: 'spki' }),
);

/**
 * Signs and verifies with `node:crypto`: keys are prepared once, and signing runs off the main thread unless it is asked
 * to block.
 *
 * Throws `AlipayError` (`INVALID_CONFIG`) where the runtime has no `node:crypto`.
 * Source: RFC 8017, section 8.2 (RSASSA-PKCS1-v1_5).
 */
export const nodeSignatureEngine: SignatureEngine = {
  name: 'node',

  async sign(data, key, signType, mode) {
    const { sign } = required();
    const prepared = preparePrivateKey(key);
    if (mode === 'blocking') return sign(DIGESTS[signType], data, prepared).toString('base64');
    return new Promise((resolve, reject) => {
      sign(DIGESTS[signType], data, prepared, (error, signature) => {
        if (error) reject(error);
        else resolve(signature.toString('base64'));
      });
    });
  },

  verify(data, signature, key, signType) {
    const { verify } = required();
    const bytes = Buffer.from(signature, 'base64');
    // Node skips what is not base64; only the one canonical spelling is a signature.
    if (bytes.toString('base64') !== signature) return false;
    return verify(DIGESTS[signType], data, preparePublicKey(key), bytes);
  },
};

/** Kept once found: the runtime takes its time to look, and every call asks twice. */
let crypto: ReturnType<typeof nodeCrypto> = null;

function required() {
  crypto ??= nodeCrypto();
  if (crypto !== null) return crypto;
  throw new AlipayError('INVALID_CONFIG', 'This runtime has no node:crypto.', {
    nextStep: 'Use jsrsasignSignatureEngine.',
  });
}
