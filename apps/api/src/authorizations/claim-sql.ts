import type { Authorization } from './authorization.entity.js';

/*
 * The statements that every application runs are written by hand: TypeORM's own inserts take twice the time of
 * all the rest of a claim.
 */

/** Answers a row if the key is new, or so old that it may be used again. */
export const TAKE_KEY = `
  INSERT INTO idempotency_keys
    (client_id, route, key_hash, fingerprint, authorization_id, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (client_id, route, key_hash) DO UPDATE SET
    fingerprint = excluded.fingerprint,
    authorization_id = excluded.authorization_id,
    created_at = excluded.created_at,
    expires_at = excluded.expires_at
  WHERE idempotency_keys.expires_at <= excluded.created_at
  RETURNING authorization_id`;

/** What failed had no effect: it may be tried again, as the app that is configured now. */
export const RESTART_AUTHORIZATION = `
  UPDATE authorizations SET
    status = 'pending', app_id = $2, subject_hash = $3, updated_at = $4,
    outcome_class = NULL, failure_reason = NULL,
    gateway_code = NULL, gateway_sub_code = NULL, gateway_trace_id = NULL
  WHERE id = $1 AND status = 'failed'`;

export const INSERT_ATTEMPT = `
  INSERT INTO attempts (id, authorization_id, kind, state, request_id, started_at)
  VALUES ($1, $2, 'apply', 'started', $3, $4)`;

type NewColumn = [column: string, value: (authorization: Authorization) => unknown];

const NEW_COLUMNS: readonly NewColumn[] = [
  ['id', (row) => row.id],
  ['client_id', (row) => row.clientId],
  ['app_id', (row) => row.appId],
  ['status', (row) => row.status],
  ['reference', (row) => row.reference],
  ['cert_type', (row) => row.certType],
  ['subject_hash', (row) => row.subjectHash],
  ['person_hash', (row) => row.personHash],
  ['hash_version', (row) => row.hashVersion],
  ['cert_no_masked', (row) => row.certNoMasked],
  ['name_masked', (row) => row.nameMasked],
  ['mobile_masked', (row) => row.mobileMasked],
  ['linked_merchant_id', (row) => row.linkedMerchantId],
  ['consent_reference', (row) => row.consentReference],
  ['consent_text_version', (row) => row.consentTextVersion],
  ['consent_granted_at', (row) => row.consentGrantedAt],
  ['warnings', (row) => JSON.stringify(row.warnings)],
  ['created_at', (row) => row.createdAt],
  ['updated_at', (row) => row.updatedAt],
];

export const INSERT_AUTHORIZATION = {
  sql: `INSERT INTO authorizations (${NEW_COLUMNS.map(([column]) => column).join(', ')})
    VALUES (${NEW_COLUMNS.map((_, at) => `$${at + 1}`).join(', ')})`,
  values: (authorization: Authorization) => NEW_COLUMNS.map(([, value]) => value(authorization)),
};
