/*
 * The rows that the api writes for a granted application, one statement a phase and without a single check: what a
 * handler has to send at the least.
 */

const AUDIT_COLUMNS =
  'id, at, action, actor, api_key_id, client_id, authorization_id, request_id, outcome_class, sub_code, details, mac';

const placeholders = (count: number, after: number): string =>
  Array.from({ length: count }, (_, at) => `$${after + at + 1}`).join(', ');

/** Parameters: 19 of the authorisation, 7 of its key, 5 of its attempt, 12 of the audit event. */
export const BEGIN = `
  WITH authorization_row AS (
    INSERT INTO authorizations
      (id, client_id, app_id, status, reference, cert_type, subject_hash, person_hash, hash_version,
       cert_no_masked, name_masked, mobile_masked, linked_merchant_id, consent_reference,
       consent_text_version, consent_granted_at, warnings, created_at, updated_at)
    VALUES (${placeholders(19, 0)})
  ), key_row AS (
    INSERT INTO idempotency_keys
      (client_id, route, key_hash, fingerprint, authorization_id, created_at, expires_at)
    VALUES (${placeholders(7, 19)})
  ), event_row AS (
    INSERT INTO audit_events (${AUDIT_COLUMNS}) VALUES (${placeholders(12, 31)})
  )
  INSERT INTO attempts (id, authorization_id, kind, state, request_id, started_at)
  VALUES (${placeholders(2, 26)}, 'apply', ${placeholders(3, 28)})`;

/** Parameters: ids of authorisation and attempt, the instant, code and trace id, two cells, the audit event. */
export const FINISH = `
  WITH authorization_row AS (
    UPDATE authorizations SET
      updated_at = $3, outcome_class = 'success', gateway_code = $4, gateway_trace_id = $5,
      status = 'authorized', token_type = 'permanent'
    WHERE id = $1
  ), token_row AS (
    INSERT INTO authorization_tokens
      (authorization_id, access_token_cell, refresh_token_cell, obtained_at)
    VALUES ($1, $6, $7, $3)
  ), event_row AS (
    INSERT INTO audit_events (${AUDIT_COLUMNS}) VALUES (${placeholders(12, 7)})
  )
  UPDATE attempts SET
    finished_at = $3, outcome_class = 'success', gateway_code = $4, gateway_trace_id = $5,
    state = 'finished'
  WHERE id = $2`;
