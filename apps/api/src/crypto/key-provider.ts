/** What a key is for; each purpose has a subkey of its own, so that no ciphertext serves elsewhere. */
export type KeyPurpose = 'token-cell';

/** Injection token of the `KeyProvider`. */
export const KEY_PROVIDER = Symbol('KeyProvider');

/** Where encryption keys come from: the local ring, or later a key management service. */
export interface KeyProvider {
  /** Id of the key that encrypts; all known keys decrypt. */
  readonly primaryKeyId: string;
  /** The 32-byte AES key of `keyId` for one purpose. Throws `UnknownKeyError`. */
  subkey(keyId: string, purpose: KeyPurpose): Buffer;
}

/** A cell names a key that is not in the ring: it was removed too early, or another ring was configured. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError';

  constructor(keyId: string) {
    super(`No encryption key has the id "${keyId}": add it to ENCRYPTION_KEYS again.`);
  }
}
