import type { EncryptKey } from './encrypt-key.js';

/** AES works on blocks of so many bytes, whatever the key's length. */
export const BLOCK_BYTES = 16;

/**
 * What encrypts and decrypts whole blocks: AES-CBC with an initial vector of zeros (NIST SP 800-38A), base64 on the
 * outside, no padding. Two implementations exist, byte-identical: `nodeAesEngine` and `jsrsasignAesEngine`.
 */
export interface AesEngine {
  readonly name: 'node' | 'jsrsasign';
  /** Encrypts a multiple of 16 bytes and answers base64. */
  encrypt(blocks: Uint8Array, key: EncryptKey): string;
  /** Decrypts base64; null where that is not the canonical base64 of a multiple of 16 bytes, at least one. */
  decrypt(base64: string, key: EncryptKey): Uint8Array | null;
}
