import type { EncryptionKey } from '../config/key-material.js';
import { deriveKey } from './derive-key.js';
import { UnknownKeyError, type KeyProvider, type KeyPurpose } from './key-provider.js';

/** The keys of `ENCRYPTION_KEYS`, held in this process; the first one is primary. */
export class LocalKeyRing implements KeyProvider {
  readonly primaryKeyId: string;
  readonly #keys: ReadonlyMap<string, EncryptionKey>;
  readonly #subkeys = new Map<string, Buffer>();

  constructor(keys: readonly EncryptionKey[]) {
    const [primary] = keys;
    if (!primary) throw new TypeError('A key ring needs at least one key.');
    this.primaryKeyId = primary.id;
    this.#keys = new Map(keys.map((key) => [key.id, key]));
  }

  subkey(keyId: string, purpose: KeyPurpose): Buffer {
    const name = `${purpose}:${keyId}`;
    const known = this.#subkeys.get(name);
    if (known) return known;
    const key = this.#keys.get(keyId);
    if (!key) throw new UnknownKeyError(keyId);
    const subkey = deriveKey(key.material.reveal(), purpose);
    this.#subkeys.set(name, subkey);
    return subkey;
  }
}
