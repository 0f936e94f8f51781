import { BLOCK_BYTES, type AesEngine } from './aes-engine.js';
import { CryptoJS, readBase64, toBytes, toWords } from './crypto-js.js';

const OPTIONS = {
  iv: toWords(new Uint8Array(BLOCK_BYTES)),
  mode: CryptoJS.mode.CBC,
  padding: { pad: doNothing, unpad: doNothing },
};

/**
 * Encrypts and decrypts in plain JavaScript, for runtimes without `node:crypto`, with the AES that jsrsasign carries.
 *
 * Source: FIPS 197 (AES); NIST SP 800-38A, section 6.2 (CBC).
 */
export const jsrsasignAesEngine: AesEngine = {
  name: 'jsrsasign',

  encrypt(blocks, key) {
    const { ciphertext } = CryptoJS.AES.encrypt(toWords(blocks), toWords(key.bytes), OPTIONS);
    return CryptoJS.enc.Base64.stringify(ciphertext);
  },

  decrypt(base64, key) {
    const sealed = readBase64(base64);
    if (sealed === null || sealed.length === 0 || sealed.length % BLOCK_BYTES !== 0) return null;
    const ciphertext = toWords(sealed);
    return toBytes(CryptoJS.AES.decrypt({ ciphertext }, toWords(key.bytes), OPTIONS));
  },
};

/** Padding is done on the outside, once for both engines. */
function doNothing(): void {
  return;
}
