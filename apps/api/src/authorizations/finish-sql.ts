import { auditEventColumns, insertAuditEvent, insertAuditEvents } from '../audit/audit-sql.js';
import { rowSet } from '../database/row-set.js';
import type { FinishedAttempt } from './finished-attempt.js';

/**
 * Stores what an attempt ended in, all of it or nothing: one statement is one transaction. It changes a row only
 * where the attempt is not finished and its authorisation still waits for it, so that whatever comes twice is stored
 * once. An outcome that comes after all was given up is stored too.
 *
 * @param quarantine whether there are bytes to be kept, so that the usual case pays nothing for them
 */
function finishAttempt(quarantine: boolean): string {
  const kept = `, kept AS (
    INSERT INTO quarantined_answers (attempt_id, authorization_id, kind, content_cell, kept_at)
    SELECT $1, id, 'answer', $14::bytea, $3 FROM settled
    ON CONFLICT (attempt_id) DO NOTHING
  )`;
  return `
  WITH settled AS (
    UPDATE authorizations a SET
      updated_at = $3, outcome_class = $4, failure_reason = $5,
      gateway_code = $6, gateway_sub_code = $7, gateway_trace_id = $8,
      status = $9, token_type = $10
    FROM attempts t
    WHERE a.id = $2 AND a.status IN ('pending', 'unknown')
      AND t.id = $1 AND t.authorization_id = a.id AND t.state <> 'finished'
    RETURNING a.id
  ), stored AS (
    INSERT INTO authorization_tokens
      (authorization_id, access_token_cell, refresh_token_cell, obtained_at)
    SELECT id, $12::bytea, $13::bytea, $3 FROM settled WHERE $12::bytea IS NOT NULL
  )${quarantine ? kept : ''}, audited AS (
    ${insertAuditEvent(quarantine ? 14 : 13, 'settled')}
  )
  UPDATE attempts SET
    finished_at = $3, outcome_class = $4, failure_reason = $5,
    gateway_code = $6, gateway_sub_code = $7, gateway_trace_id = $8,
    http_status = $11, state = 'finished'
  FROM settled
  WHERE attempts.id = $1 AND attempts.authorization_id = settled.id AND attempts.state <> 'finished'`;
}

export const FINISH_ATTEMPT = finishAttempt(false);
export const FINISH_WITH_QUARANTINE = finishAttempt(true);

/** The end of an attempt, and the values of its audit event. */
export interface AuditedFinish {
  attempt: FinishedAttempt;
  event: readonly unknown[];
}

const FINISHES = rowSet<AuditedFinish>([
  ['attempt_id', 'uuid', ({ attempt }) => attempt.attemptId],
  ['authorization_id', 'uuid', ({ attempt }) => attempt.authorizationId],
  ['at', 'timestamptz', ({ attempt }) => attempt.at],
  ['outcome_class', 'text', ({ attempt }) => attempt.settlement.outcomeClass],
  ['failure_reason', 'text', ({ attempt }) => attempt.settlement.failureReason],
  ['gateway_code', 'text', ({ attempt }) => attempt.settlement.gatewayCode],
  ['gateway_sub_code', 'text', ({ attempt }) => attempt.settlement.gatewaySubCode],
  ['gateway_trace_id', 'text', ({ attempt }) => attempt.settlement.gatewayTraceId],
  ['status', 'text', ({ attempt }) => attempt.settlement.status],
  ['token_type', 'text', ({ attempt }) => attempt.settlement.tokenType],
  ['http_status', 'smallint', ({ attempt }) => attempt.httpStatus],
  ['access_cell', 'bytea', ({ attempt }) => attempt.cells?.accessToken ?? null],
  ['refresh_cell', 'bytea', ({ attempt }) => attempt.cells?.refreshToken ?? null],
  ...auditEventColumns<AuditedFinish>(({ event }) => event),
]);

/** As `FINISH_ATTEMPT`, for several; answers the ids of those attempts that it finished. */
export const FINISH_ATTEMPTS = {
  sql: `
  WITH finish AS (${FINISHES.sql}), settled AS (
    UPDATE authorizations a SET
      updated_at = f.at, outcome_class = f.outcome_class, failure_reason = f.failure_reason,
      gateway_code = f.gateway_code, gateway_sub_code = f.gateway_sub_code,
      gateway_trace_id = f.gateway_trace_id, status = f.status, token_type = f.token_type
    FROM finish f JOIN attempts t ON t.id = f.attempt_id
    WHERE a.id = f.authorization_id AND a.status IN ('pending', 'unknown')
      AND t.authorization_id = a.id AND t.state <> 'finished'
    RETURNING f.*
  ), stored AS (
    INSERT INTO authorization_tokens
      (authorization_id, access_token_cell, refresh_token_cell, obtained_at)
    SELECT authorization_id, access_cell, refresh_cell, at FROM settled WHERE access_cell IS NOT NULL
  ), audited AS (
    ${insertAuditEvents('settled')}
  )
  UPDATE attempts SET
    finished_at = s.at, outcome_class = s.outcome_class, failure_reason = s.failure_reason,
    gateway_code = s.gateway_code, gateway_sub_code = s.gateway_sub_code,
    gateway_trace_id = s.gateway_trace_id, http_status = s.http_status, state = 'finished'
  FROM settled s
  WHERE attempts.id = s.attempt_id AND attempts.authorization_id = s.authorization_id
    AND attempts.state <> 'finished'
  RETURNING attempts.id`,
  values: FINISHES.values,
};

/** Where an attempt and its authorisation stand; the authorisation is locked, as every change of it begins. */
export const LOCK_ATTEMPT = `
  SELECT t.state, a.status FROM attempts t JOIN authorizations a ON a.id = t.authorization_id
  WHERE t.id = $1 AND a.id = $2 FOR UPDATE OF a`;

/**
 * Ends an attempt whose authorisation was decided upon without it. What it brought, of the kind of parameter 9 and
 * in the cell of parameter 10, is kept in quarantine.
 */
export const FINISH_LATE = `
  WITH finished AS (
    UPDATE attempts SET
      finished_at = $2, outcome_class = $3, failure_reason = $4,
      gateway_code = $5, gateway_sub_code = $6, gateway_trace_id = $7,
      http_status = $8, state = 'finished'
    WHERE id = $1
    RETURNING id, authorization_id
  )
  INSERT INTO quarantined_answers (attempt_id, authorization_id, kind, content_cell, kept_at)
  SELECT id, authorization_id, $9, $10::bytea, $2 FROM finished WHERE $10::bytea IS NOT NULL`;

/**
 * Gives up applications whose deadline passed without an outcome: their process is dead, or so slow that its
 * outcome will be stored late. Those that another instance is at are left to it; the authorisation is locked first,
 * as by whoever finishes an attempt.
 */
export const GIVE_UP_OVERDUE = `
  WITH overdue AS (
    SELECT t.id, t.authorization_id FROM attempts t
    JOIN authorizations a ON a.id = t.authorization_id
    WHERE t.state = 'started' AND t.kind = 'apply' AND t.deadline < now()
    ORDER BY t.deadline LIMIT $2
    FOR UPDATE OF a, t SKIP LOCKED
  ), lapsed AS (
    UPDATE attempts SET state = 'overdue' FROM overdue WHERE attempts.id = overdue.id
  ), changed AS (
    UPDATE authorizations SET
      status = 'unknown', outcome_class = 'unknown-outcome', failure_reason = 'overdue', updated_at = $1
    FROM overdue WHERE authorizations.id = overdue.authorization_id AND status = 'pending'
    RETURNING authorizations.id, client_id
  )
  SELECT overdue.id AS "attemptId", changed.id AS "authorizationId", client_id AS "clientId"
  FROM overdue JOIN changed ON changed.id = overdue.authorization_id`;
