import { insertAuditEvent } from '../audit/audit-sql.js';

/** A refresh that is under way, or whose process died and which nobody gave up yet. */
export const FIND_REFRESH_UNDER_WAY = `
  SELECT 1 FROM attempts WHERE authorization_id = $1 AND kind = 'refresh' AND state = 'started'`;

export const BEGIN_REFRESH = `
  INSERT INTO attempts (id, authorization_id, kind, state, request_id, started_at, deadline)
  VALUES ($1, $2, 'refresh', 'started', $3, $4, $4::timestamptz + $5 * interval '1 s')`;

/**
 * Stores what a refresh ended in, all of it or nothing, and once, however often it is told. The old pair stays until
 * this statement has committed the new one. A certain outcome also says that the person need not be asked again.
 */
export const FINISH_REFRESH = `
  WITH found AS (
    SELECT t.id, t.authorization_id, a.status FROM attempts t
    JOIN authorizations a ON a.id = t.authorization_id
    WHERE t.id = $1 AND a.id = $2 AND t.state <> 'finished'
    FOR UPDATE OF a
  ), marked AS (
    UPDATE authorizations SET
      updated_at = $3,
      refreshed_at = CASE WHEN $4 = 'success' THEN $3 ELSE refreshed_at END,
      reauthorization_reason = CASE WHEN $4 = 'unknown-outcome' THEN $5 END
    FROM found WHERE authorizations.id = found.authorization_id AND found.status = 'authorized'
  ), stored AS (
    UPDATE authorization_tokens SET
      access_token_cell = $10, refresh_token_cell = $11, obtained_at = $3
    FROM found
    WHERE authorization_tokens.authorization_id = found.authorization_id
      AND found.status = 'authorized' AND $10::bytea IS NOT NULL
  ), kept AS (
    INSERT INTO quarantined_answers (attempt_id, authorization_id, kind, content_cell, kept_at)
    SELECT id, authorization_id, 'answer', $12::bytea, $3 FROM found
    WHERE $12::bytea IS NOT NULL AND status <> 'erased'
    ON CONFLICT (attempt_id) DO NOTHING
  ), audited AS (
    ${insertAuditEvent(12, 'found')}
  )
  UPDATE attempts SET
    finished_at = $3, outcome_class = $4, failure_reason = $5,
    gateway_code = $6, gateway_sub_code = $7, gateway_trace_id = $8,
    http_status = $9, state = 'finished'
  FROM found WHERE attempts.id = found.id AND attempts.state <> 'finished'`;

/** Gives up refreshes whose deadline passed without an outcome; those that another instance is at are left to it. */
export const GIVE_UP_REFRESHES = `
  WITH overdue AS (
    SELECT t.id, t.authorization_id, a.client_id FROM attempts t
    JOIN authorizations a ON a.id = t.authorization_id
    WHERE t.state = 'started' AND t.kind = 'refresh' AND t.deadline < now()
    ORDER BY t.deadline LIMIT $2
    FOR UPDATE OF a, t SKIP LOCKED
  ), lapsed AS (
    UPDATE attempts SET state = 'overdue' FROM overdue WHERE attempts.id = overdue.id
  ), marked AS (
    UPDATE authorizations SET reauthorization_reason = 'overdue', updated_at = $1
    FROM overdue WHERE authorizations.id = overdue.authorization_id AND status = 'authorized'
  )
  SELECT id AS "attemptId", authorization_id AS "authorizationId", client_id AS "clientId" FROM overdue`;
