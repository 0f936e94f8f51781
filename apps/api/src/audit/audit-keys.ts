import { createHmac, type Hmac } from 'node:crypto';
import { canonicalJson } from '../crypto/canonical-json.js';
import { deriveKey } from '../crypto/derive-key.js';
import type { AuditRecord } from './audit-record.js';

const FORMAT = 1;

/**
 * Computes what vouches for the audit trail: HMAC-SHA256 (RFC 2104) with subkeys of `SUBJECT_HASH_KEY`. Whoever can
 * write the tables but has not the key can neither change an event, nor add one, nor seal again.
 */
export class AuditKeys {
  readonly #event: Buffer;

  constructor(material: Uint8Array) {
    this.#event = deriveKey(material, 'audit-event');
  }

  /** The code that an event carries: over all that it says. */
  eventMac(record: AuditRecord): Buffer {
    return hmac(this.#event, [
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
}

function hmac(key: Buffer, parts: readonly unknown[]): Hmac {
  return createHmac('sha256', key).update(canonicalJson(parts), 'utf8');
}
