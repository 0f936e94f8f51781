import { b64tohex, hextob64, KEYUTIL, KJUR } from 'jsrsasign';
import { toHex } from './hex.js';
import type { PrivateKey, PublicKey } from './keys.js';
import { bigInteger, isRsa, type Rsa } from './rsa-key.js';
import type { SignatureEngine, SignType } from './signature-engine.js';

const DIGESTS: Readonly<Record<SignType, string>> = { RSA2: 'sha256', RSA: 'sha1' };
const privateKeys = new WeakMap<PrivateKey, Rsa>();
const publicKeys = new WeakMap<PublicKey, Rsa>();

/**
 * Signs and verifies in plain JavaScript, for runtimes without `node:crypto`: the same bytes, some eighty times slower.
 *
 * Source: RFC 8017, section 8.2 (RSASSA-PKCS1-v1_5).
 */
export const jsrsasignSignatureEngine: SignatureEngine = {
  name: 'jsrsasign',

  sign(data, key, signType) {
    const rsa = prepare(privateKeys, key, () =>
      KEYUTIL.getKey(toHex(key.pkcs8Der), undefined, 'pkcs8prv'),
    );
    const hash = KJUR.crypto.Util.hashHex(toHex(data), DIGESTS[signType]);
    return Promise.resolve(hextob64(rsa.signWithMessageHash(hash, DIGESTS[signType])));
  },

  verify(data, signature, key, signType) {
    const rsa = prepare(publicKeys, key, () =>
      KEYUTIL.getKey(toHex(key.spkiDer), undefined, 'pkcs8pub'),
    );
    const hex = b64tohex(signature);
    const digits = 2 * Math.ceil(key.modulusBits / 8);
    if (hextob64(hex) !== signature || hex.length !== digits) return false;
    const value = bigInteger(hex);
    if (value.compareTo(rsa.n) >= 0) return false;
    // The whole encoded message is compared (RFC 8017, section 8.2.2), so no lenient parser can be fooled.
    const hash = KJUR.crypto.Util.hashHex(toHex(data), DIGESTS[signType]);
    const expected = KJUR.crypto.Util.getPaddedDigestInfoHex(
      hash,
      DIGESTS[signType],
      key.modulusBits,
    );
    return rsa.doPublic(value).toString(16).padStart(digits, '0') === expected;
  },
};

function prepare<K extends object>(cache: WeakMap<K, Rsa>, key: K, read: () => unknown): Rsa {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = read();
  if (!isRsa(made)) throw new TypeError('The key is not an RSA key.');
  cache.set(key, made);
  return made;
}
