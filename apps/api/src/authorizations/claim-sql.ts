import { auditEventColumns, insertAuditEvent, insertAuditEvents } from '../audit/audit-sql.js';
import { rowSet, type RowSetColumn } from '../database/row-set.js';
import type { Authorization } from './authorization.entity.js';
import type { Intent } from './intent.js';

/*
 * The statements that every application runs are written by hand, several rows to a statement: a round trip to the
 * database costs more than all that the service computes meanwhile, TypeORM's own inserts as much again.
 */

/** A statement, and the values of an intent that it takes. */
interface IntentStatement {
  sql: string;
  values: (intent: Intent) => unknown[];
}

/** Under which keys of applications are kept, whoever applies. */
export const APPLICATION_ROUTE = 'POST /v1/authorizations';
const KEY_LIFETIME_DAYS = 30;

const NEW_COLUMNS: readonly RowSetColumn<Authorization>[] = [
  ['id', 'uuid', (row) => row.id],
  ['client_id', 'uuid', (row) => row.clientId],
  ['app_id', 'text', (row) => row.appId],
  ['status', 'text', (row) => row.status],
  ['reference', 'text', (row) => row.reference],
  ['cert_type', 'text', (row) => row.certType],
  ['subject_hash', 'bytea', (row) => row.subjectHash],
  ['person_hash', 'bytea', (row) => row.personHash],
  ['hash_version', 'smallint', (row) => row.hashVersion],
  ['cert_no_masked', 'text', (row) => row.certNoMasked],
  ['name_masked', 'text', (row) => row.nameMasked],
  ['mobile_masked', 'text', (row) => row.mobileMasked],
  ['linked_merchant_id', 'text', (row) => row.linkedMerchantId],
  ['consent_reference', 'text', (row) => row.consentReference],
  ['consent_text_version', 'text', (row) => row.consentTextVersion],
  ['consent_granted_at', 'timestamptz', (row) => row.consentGrantedAt],
  ['warnings', 'jsonb', (row) => JSON.stringify(row.warnings)],
  ['created_at', 'timestamptz', (row) => row.createdAt],
  ['updated_at', 'timestamptz', (row) => row.updatedAt],
];

const placeholders = (count: number, after: number): string =>
  Array.from({ length: count }, (_, at) => `$${after + at + 1}`).join(', ');

/** So many seconds from now by the database's clock, the one that every instance goes by. */
const deadline = (seconds: string): string => `now() + make_interval(secs => ${seconds})`;

/** The SQLSTATE of a claim for a person who is authorised already; the error's detail is the authorisation's id. */
export const ALREADY_AUTHORIZED = 'ZA001';

/**
 * Fails with `ALREADY_AUTHORIZED` where the person of a row just written is authorised by now, unless the caller wants
 * to apply all the same. It takes the row, so that it cannot be asked before the person's place among the unresolved is
 * taken; from then on no other request can authorise the same person.
 */
const unlessAuthorized = (row: string, confirmed: string): string =>
  `CASE WHEN ${confirmed}::boolean THEN true
     ELSE refuse_if_authorized(${row}.client_id, ${row}.app_id, ${row}.subject_hash) END`;

/** A key that is so old that it may be used again is taken as a new one is. */
const TAKE_KEY = `ON CONFLICT (client_id, route, key_hash) DO UPDATE SET
      fingerprint = excluded.fingerprint,
      authorization_id = excluded.authorization_id,
      created_at = excluded.created_at,
      expires_at = excluded.expires_at
    WHERE idempotency_keys.expires_at <= excluded.created_at`;

function keyExpiry({ authorization: { createdAt } }: Intent): Date {
  return new Date(createdAt.getTime() + KEY_LIFETIME_DAYS * 86_400_000);
}

/**
 * Writes key, authorisation and attempt if the key is new, or so old that it may be used again; answers a row
 * then. Violates the index of unresolved authorisations where the person has one, and fails where the person is
 * authorised. The last parameters are the audit event's.
 */
export const BEGIN_APPLICATION: IntentStatement = {
  sql: `
  WITH taken AS (
    INSERT INTO idempotency_keys
      (client_id, route, key_hash, fingerprint, authorization_id, created_at, expires_at)
    VALUES (${placeholders(7, 0)})
    ${TAKE_KEY}
    RETURNING 1
  ), started AS (
    INSERT INTO authorizations (${NEW_COLUMNS.map(([name]) => name).join(', ')})
    SELECT ${placeholders(NEW_COLUMNS.length, 11)} FROM taken
    RETURNING id, client_id, app_id, subject_hash
  ), audited AS (
    ${insertAuditEvent(11 + NEW_COLUMNS.length, 'started')}
  )
  INSERT INTO attempts (id, authorization_id, kind, state, request_id, started_at, deadline)
  SELECT $8, id, 'apply', 'started', $9, $6, ${deadline('$10')} FROM started
  WHERE ${unlessAuthorized('started', '$11')}
  RETURNING id`,
  values: (intent) => {
    const { authorization, attemptId, requestId, overdueAfterMs, keyHash, fingerprint } = intent;
    const { id, clientId, createdAt } = authorization;
    return [
      ...[clientId, APPLICATION_ROUTE, keyHash, fingerprint, id, createdAt, keyExpiry(intent)],
      ...[attemptId, requestId, overdueAfterMs / 1000, intent.confirmed],
      ...NEW_COLUMNS.map(([, , value]) => value(authorization)),
    ];
  },
};

/** An intent, and the values of its audit event. */
export interface AuditedIntent {
  intent: Intent;
  event: readonly unknown[];
}

const INTENTS = rowSet<AuditedIntent>([
  ...NEW_COLUMNS.map(([name, type, value]): RowSetColumn<AuditedIntent> => {
    return [name, type, ({ intent }) => value(intent.authorization)];
  }),
  ['key_hash', 'bytea', ({ intent }) => intent.keyHash],
  ['fingerprint', 'bytea', ({ intent }) => intent.fingerprint],
  ['expires_at', 'timestamptz', ({ intent }) => keyExpiry(intent)],
  ['attempt_id', 'uuid', ({ intent }) => intent.attemptId],
  ['request_id', 'text', ({ intent }) => intent.requestId],
  ['overdue_after', 'float8', ({ intent }) => intent.overdueAfterMs / 1000],
  ['confirmed', 'boolean', ({ intent }) => intent.confirmed],
  ...auditEventColumns<AuditedIntent>(({ event }) => event),
]);

/**
 * As `BEGIN_APPLICATION`, for several intents: answers those whose key is new, or fails for all of them where it fails for
 * one.
 */
export const BEGIN_APPLICATIONS = {
  sql: `
  WITH intent AS (${INTENTS.sql}), taken AS (
    INSERT INTO idempotency_keys
      (client_id, route, key_hash, fingerprint, authorization_id, created_at, expires_at)
    SELECT client_id, '${APPLICATION_ROUTE}', key_hash, fingerprint, id, created_at, expires_at
    FROM intent ORDER BY key_hash
    ${TAKE_KEY}
    RETURNING authorization_id
  ), started AS (
    INSERT INTO authorizations (${NEW_COLUMNS.map(([name]) => name).join(', ')})
    SELECT ${NEW_COLUMNS.map(([name]) => name).join(', ')} FROM intent
    WHERE id IN (SELECT authorization_id FROM taken) ORDER BY subject_hash
    RETURNING id, client_id, app_id, subject_hash
  ), audited AS (
    ${insertAuditEvents('intent WHERE id IN (SELECT id FROM started)')}
  )
  INSERT INTO attempts (id, authorization_id, kind, state, request_id, started_at, deadline)
  SELECT intent.attempt_id, started.id, 'apply', 'started', intent.request_id, intent.created_at,
    ${deadline('intent.overdue_after')}
  FROM started JOIN intent ON intent.id = started.id
  WHERE ${unlessAuthorized('started', 'intent.confirmed')}
  RETURNING authorization_id AS id`,
  values: INTENTS.values,
};

/** What the intent's key stands for. */
export const FIND_KEY: IntentStatement = {
  sql: `
  SELECT fingerprint, authorization_id AS "authorizationId" FROM idempotency_keys
  WHERE client_id = $1 AND route = $2 AND key_hash = $3`,
  values: ({ authorization, keyHash }) => [authorization.clientId, APPLICATION_ROUTE, keyHash],
};

/**
 * Begins another attempt for the authorisation of parameter 8 if that failed, and answers a row then: what failed had
 * no effect. The app that is configured now takes the place of the earlier one. Fails as `BEGIN_APPLICATION` does. The
 * last parameters are the audit event's.
 */
export const BEGIN_AGAIN: IntentStatement = {
  sql: `
  WITH restarted AS (
    UPDATE authorizations SET
      status = 'pending', app_id = $1, subject_hash = $2, updated_at = $3,
      outcome_class = NULL, failure_reason = NULL,
      gateway_code = NULL, gateway_sub_code = NULL, gateway_trace_id = NULL
    WHERE id = $8 AND status = 'failed'
    RETURNING id, client_id, app_id, subject_hash
  ), audited AS (
    ${insertAuditEvent(8, 'restarted')}
  )
  INSERT INTO attempts (id, authorization_id, kind, state, request_id, started_at, deadline)
  SELECT $4, id, 'apply', 'started', $5, $3, ${deadline('$6')} FROM restarted
  WHERE ${unlessAuthorized('restarted', '$7')}
  RETURNING id`,
  values: ({ authorization, attemptId, requestId, overdueAfterMs, confirmed }) => [
    ...[authorization.appId, authorization.subjectHash, authorization.updatedAt],
    ...[attemptId, requestId, overdueAfterMs / 1000, confirmed],
  ],
};

/** The one authorisation of the intent's person that is unresolved. */
export const FIND_UNRESOLVED: IntentStatement = {
  sql: `
  SELECT id FROM authorizations
  WHERE client_id = $1 AND app_id = $2 AND subject_hash = $3 AND status IN ('pending', 'unknown')`,
  values: ({ authorization: { clientId, appId, subjectHash } }) => [clientId, appId, subjectHash],
};
