import type { PrivateKey, PublicKey } from './keys.js';

/** `RSA2` is RSASSA-PKCS1-v1_5 with SHA-256, `RSA` the same with SHA-1 (interface document, `sign_type`). */
export type SignType = 'RSA2' | 'RSA';

/**
 * What signs and verifies. Two implementations exist, byte-identical: `nodeSignatureEngine` (node:crypto)
 * and `jsrsasignSignatureEngine` (any JavaScript runtime).
 */
export interface SignatureEngine {
  readonly name: 'node' | 'jsrsasign';
  /**
   * Signs the bytes as they are and answers the signature in base64. `mode` says whether that may hold up the event
   * loop: `background` (default) signs beside it where the runtime can, `blocking` takes less CPU.
   */
  sign(
    data: Uint8Array,
    key: PrivateKey,
    signType: SignType,
    mode?: 'background' | 'blocking',
  ): Promise<string>;
  /** Whether `signature` (base64) is `key`'s over exactly these bytes; false for any malformed signature, never a throw. */
  verify(data: Uint8Array, signature: string, key: PublicKey, signType: SignType): boolean;
}
