import { AlipayError } from '../errors/alipay-error.js';
import { nodeCrypto } from '../signing/index.js';
import { BLOCK_BYTES, type AesEngine } from './aes-engine.js';
import type { EncryptKey } from './encrypt-key.js';

const ZEROS = new Uint8Array(BLOCK_BYTES);

/**
 * Encrypts and decrypts with `node:crypto`.
 *
 * Throws `AlipayError` (`INVALID_CONFIG`) where the runtime has no `node:crypto`.
 * Source: FIPS 197 (AES); NIST SP 800-38A, section 6.2 (CBC).
 */
export const nodeAesEngine: AesEngine = {
  name: 'node',

  encrypt(blocks, key) {
    const cipher = required().createCipheriv(algorithmOf(key), key.bytes, ZEROS);
    cipher.setAutoPadding(false);
    return Buffer.concat([cipher.update(blocks), cipher.final()]).toString('base64');
  },

  decrypt(base64, key) {
    const sealed = Buffer.from(base64, 'base64');
    if (sealed.length === 0 || sealed.length % BLOCK_BYTES !== 0) return null;
    // Node skips what is not base64.
    if (sealed.toString('base64') !== base64) return null;
    const decipher = required().createDecipheriv(algorithmOf(key), key.bytes, ZEROS);
    decipher.setAutoPadding(false);
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  },
};

function algorithmOf({ bits }: EncryptKey): string {
  return `aes-${bits}-cbc`;
}

function required() {
  const crypto = nodeCrypto();
  if (crypto !== null) return crypto;
  throw new AlipayError('INVALID_CONFIG', 'This runtime has no node:crypto.', {
    nextStep: 'Use jsrsasignAesEngine.',
  });
}
