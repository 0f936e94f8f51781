import { createHmac, type Hmac } from 'node:crypto';
import { canonicalJson } from '../crypto/canonical-json.js';
import { deriveKey } from '../crypto/derive-key.js';
import type { AuditRecord } from './audit-record.entity.js';
import type { SealedRange } from './audit-seal.js';

const FORMAT = 1;

/**
 * Computes what vouches for the audit trail: HMAC-SHA256 (RFC 2104) with subkeys of `SUBJECT_HASH_KEY`. Whoever can
 * write the tables but has not the key can neither change an event, nor add one, nor seal again.
 */
export class AuditKeys {
  readonly #event: Buffer;
  readonly #seal: Buffer;

  constructor(material: Uint8Array) {
    this.#event = deriveKey(material, 'audit-event');
    this.#seal = deriveKey(material, 'audit-seal');
  }

  /** The code that an event carries: over all that it says. */
  eventMac(record: AuditRecord): Buffer {
    return begin(this.#event, [
      FORMAT,
      record.id,
      record.at.toISOString(),
      record.action,
      record.actor,
      record.apiKeyId,
      record.clientId,
      record.authorizationId,
      record.requestId,
      record.outcomeClass,
      record.subCode,
      record.details,
    ]).digest();
  }

  /**
   * Begins the digest of a seal, which the codes of its events then go into, in their order.
   *
   * @param previous digest of the seal before; null for the first one
   */
  beginSeal(range: SealedRange, previous: Buffer | null): Hmac {
    return begin(this.#seal, [
      FORMAT,
      range.number,
      range.fromPosition,
      range.toPosition,
      range.events,
      range.sealedAt.toISOString(),
      previous?.toString('hex') ?? null,
    ]);
  }
}

function begin(key: Buffer, parts: readonly unknown[]): Hmac {
  return createHmac('sha256', key).update(canonicalJson(parts), 'utf8');
}
