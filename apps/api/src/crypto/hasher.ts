import { createHmac } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { deriveKey } from './derive-key.js';

/** Keyed hash of whom an application is for, and where; only `Hasher` makes one. */
export type SubjectHash = Buffer & { readonly __brand: 'SubjectHash' };
/** Keyed hash of a person alone. */
export type PersonHash = Buffer & { readonly __brand: 'PersonHash' };
/** Keyed hash of a request's payload. */
export type Fingerprint = Buffer & { readonly __brand: 'Fingerprint' };
/** Keyed hash of a caller's Idempotency-Key, in which callers may have put personal data. */
export type IdempotencyKeyHash = Buffer & { readonly __brand: 'IdempotencyKeyHash' };

export interface Person {
  certType: string;
  certNo: string;
}

export interface Subject extends Person {
  appId: string;
  linkedMerchantId: string | null;
}

/** The way that `Hasher` hashes people; stored beside each hash, so that another way can follow. */
export const SUBJECT_HASH_VERSION = 1;

/**
 * Hashes what must be found again and never read: HMAC-SHA256 (RFC 2104) over canonical JSON, with a subkey of
 * `SUBJECT_HASH_KEY` for each kind. Without the key nobody can try out ID numbers against a stolen table.
 */
export class Hasher {
  readonly #subject: Buffer;
  readonly #person: Buffer;
  readonly #fingerprint: Buffer;
  readonly #idempotencyKey: Buffer;
  readonly #limitKey: Buffer;

  constructor(material: Uint8Array) {
    this.#subject = deriveKey(material, 'subject-hash');
    this.#person = deriveKey(material, 'person-hash');
    this.#fingerprint = deriveKey(material, 'request-fingerprint');
    this.#idempotencyKey = deriveKey(material, 'idempotency-key');
    this.#limitKey = deriveKey(material, 'limit-key');
  }

  subject({ appId, certType, certNo, linkedMerchantId }: Subject): SubjectHash {
    const parts = [appId, certType, normalised(certNo), linkedMerchantId];
    return hmac(this.#subject, parts) as SubjectHash;
  }

  /** Independent of app and merchant: it finds all that is kept of a person. */
  person({ certType, certNo }: Person): PersonHash {
    return hmac(this.#person, [certType, normalised(certNo)]) as PersonHash;
  }

  fingerprint(payload: unknown): Fingerprint {
    return hmac(this.#fingerprint, payload) as Fingerprint;
  }

  idempotencyKey(key: string): IdempotencyKeyHash {
    return hmac(this.#idempotencyKey, key) as IdempotencyKeyHash;
  }

  /** What stands for whoever is limited: an address, a key, a client and a person. */
  limitKey(key: string): string {
    return hmac(this.#limitKey, key).toString('hex');
  }
}

/** `…x` and `…X` are the same number. */
function normalised(certNo: string): string {
  return certNo.trim().toUpperCase();
}

function hmac(key: Buffer, value: unknown): Buffer {
  return createHmac('sha256', key).update(canonicalJson(value), 'utf8').digest();
}
