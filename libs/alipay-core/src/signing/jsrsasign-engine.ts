import { b64tohex, hextob64, KEYUTIL, KJUR } from 'jsrsasign';
import { toHex } from './hex.js';
import type { PrivateKey, PublicKey } from './keys.js';
import { oncePerKey } from './per-key.js';
import { bigInteger, isRsa, type Rsa } from './rsa-key.js';
import { DIGESTS } from './sign-type.js';
import type { SignatureEngine } from './signature-engine.js';

const preparePrivateKey = oncePerKey((key: PrivateKey) =>
  asRsa(KEYUTIL.getKey(toHex(key.pkcs8Der), undefined, 'pkcs8prv')),
);
const preparePublicKey = oncePerKey((key: PublicKey) =>
  asRsa(KEYUTIL.getKey(toHex(key.spkiDer), undefined, 'pkcs8pub')),
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
    const rsa = preparePublicKey(key);
    const hex = b64tohex(signature);
    const digits = signatureDigits(key);
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

/** How many hexadecimal digits a signature has: as many bytes as the modulus. */
function signatureDigits({ modulusBits }: PrivateKey | PublicKey): number {
  return 2 * Math.ceil(modulusBits / 8);
}

function asRsa(key: unknown): Rsa {
  if (isRsa(key)) return key;
  throw new TypeError('The key is not an RSA key.');
}
