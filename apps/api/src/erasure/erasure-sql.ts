import { FORGET_PERSON } from '../authorizations/forget-person.js';

/** Locks one authorisation of the client. */
export const LOCK_AUTHORIZATION = `
  SELECT id, status, person_hash AS "personHash" FROM authorizations
  WHERE client_id = $1 AND id = $2 FOR UPDATE`;

/** Locks some of the person's authorisations of the client that are not under way. */
export const LOCK_PERSON = `
  SELECT id, status FROM authorizations
  WHERE client_id = $1 AND person_hash = $2 AND status <> 'pending'
  ORDER BY id LIMIT $3 FOR UPDATE`;

export const COUNT_IN_FLIGHT = `
  SELECT count(*)::int AS count FROM authorizations
  WHERE client_id = $1 AND person_hash = $2 AND status = 'pending'`;

/**
 * Destroys all that is kept of the people of some authorisations, and answers the ids of their attempts, under which
 * the spool may hold more. An idempotency key stays, without the hash of what was sent under it, so that whoever
 * repeats the request is told.
 */
export const ERASE = `
  WITH tokens AS (
    DELETE FROM authorization_tokens WHERE authorization_id = ANY($1)
  ), answers AS (
    DELETE FROM quarantined_answers WHERE authorization_id = ANY($1)
  ), keys AS (
    UPDATE idempotency_keys SET fingerprint = NULL WHERE authorization_id = ANY($1)
  ), gone AS (
    UPDATE authorizations SET
      status = 'erased', updated_at = $2, ${FORGET_PERSON}
    WHERE id = ANY($1)
  )
  SELECT id FROM attempts WHERE authorization_id = ANY($1)`;
