import { b64tohex, hextob64, KEYUTIL, KJUR } from 'jsrsasign';
import { toHex } from './hex.js';
import type { PrivateKey } from './keys.js';
import { oncePerKey } from './per-key.js';
import { signatureDigits, verifyPkcs1 } from './pkcs1-verify.js';
import { asRsa } from './rsa-key.js';
import { DIGESTS } from './sign-type.js';
import type { SignatureEngine } from './signature-engine.js';

const preparePrivateKey = oncePerKey((key: PrivateKey) =>
  asRsa(KEYUTIL.getKey(toHex(key.pkcs8Der), undefined, 'pkcs8prv')),
);

/**
 * Signs and verifies in plain JavaScript, for runtimes without `node:crypto`: the same bytes, some eighty times slower.
 *
 * Source: RFC 8017, section 8.2 (RSASSA-PKCS1-v1_5).
 */
export const jsrsasignSignatureEngine: SignatureEngine = {
  name: 'jsrsasign',

  sign(data, key, signType) {
    const hash = KJUR.crypto.Util.hashHex(toHex(data), DIGESTS[signType]);
    const signature = preparePrivateKey(key).signWithMessageHash(hash, DIGESTS[signType]);
    // It writes half a byte too few where the modulus does not fill its last byte.
    return Promise.resolve(hextob64(signature.padStart(signatureDigits(key), '0')));
  },

  verify(data, signature, key, signType) {
    const hex = b64tohex(signature);
    return hextob64(hex) === signature && verifyPkcs1(toHex(data), hex, key, DIGESTS[signType]);
  },
};
