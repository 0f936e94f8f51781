import type { Environment } from '../config/environment-schema.js';
import { FORGET_PERSON } from '../authorizations/forget-person.js';
import { firstUuidOf } from './first-uuid-of.js';

/** What is removed, by the name that the audit trail tells it by. */
export type RetainedKind =
  'idempotency-keys' | 'people' | 'attempts' | 'quarantine' | 'batch-lines' | 'batches' | 'spool';

/** One kind of rows that go after a while. */
export interface RetentionRule {
  kind: RetainedKind;
  /** Removes rows older than parameter 1, at most as many as parameter 2; those that are in use are left for later. */
  sql: string;
  /** Parameter 1, for a run at this instant. */
  before: (now: Date) => Date | string;
  /** Most rows at once, where there are so many that the trail need not tell of every few hundred. */
  atOnce?: number;
}

/** Whoever waits for the outcome of an application needs all that there is of it. */
const OPEN = "('pending', 'unknown')";

export const DAY_MS = 86_400_000;

/** The rules for rows, as the environment has their periods. */
export function retentionRules(environment: Environment): RetentionRule[] {
  const daysBefore = (days: number) => (now: Date) => new Date(now.getTime() - days * DAY_MS);
  const { RETENTION_ATTEMPT_DAYS } = environment;
  return [
    {
      kind: 'idempotency-keys',
      before: (now) => now,
      sql: `
      DELETE FROM idempotency_keys WHERE (client_id, route, key_hash) IN (
        SELECT client_id, route, key_hash FROM idempotency_keys WHERE expires_at < $1
        ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    },
    {
      kind: 'people',
      before: daysBefore(environment.RETENTION_PEOPLE_DAYS),
      sql: `
      UPDATE authorizations SET ${FORGET_PERSON} WHERE id IN (
        SELECT id FROM authorizations
        WHERE person_hash IS NOT NULL AND status IN ('rejected', 'failed', 'abandoned')
          AND updated_at < $1
        ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    },
    {
      kind: 'quarantine',
      before: daysBefore(environment.RETENTION_QUARANTINE_DAYS),
      sql: `
      DELETE FROM quarantined_answers WHERE attempt_id IN (
        SELECT q.attempt_id FROM quarantined_answers q JOIN authorizations a ON a.id = q.authorization_id
        WHERE q.kept_at < $1 AND a.status NOT IN ${OPEN}
        ORDER BY q.kept_at LIMIT $2 FOR UPDATE OF q SKIP LOCKED)`,
    },
    {
      kind: 'attempts',
      // Their ids begin with their time, so that no further index is needed.
      before: (now) => firstUuidOf(daysBefore(RETENTION_ATTEMPT_DAYS)(now)),
      sql: `
      DELETE FROM attempts WHERE id IN (
        SELECT t.id FROM attempts t JOIN authorizations a ON a.id = t.authorization_id
        WHERE t.id < $1 AND t.state = 'finished' AND a.status NOT IN ${OPEN}
          AND NOT EXISTS (SELECT FROM quarantined_answers q WHERE q.attempt_id = t.id)
        ORDER BY t.id LIMIT $2 FOR UPDATE OF t SKIP LOCKED)`,
    },
    {
      kind: 'batch-lines',
      atOnce: 5_000,
      before: daysBefore(environment.RETENTION_BATCH_DAYS),
      sql: `
      DELETE FROM batch_lines WHERE id IN (
        SELECT l.id FROM batch_lines l JOIN batches b ON b.id = l.batch_id
        WHERE b.ended_at < $1
        ORDER BY b.ended_at LIMIT $2 FOR UPDATE OF l SKIP LOCKED)`,
    },
    {
      kind: 'batches',
      before: daysBefore(environment.RETENTION_BATCH_DAYS),
      sql: `
      DELETE FROM batches WHERE id IN (
        SELECT b.id FROM batches b
        WHERE b.ended_at < $1 AND NOT EXISTS (SELECT FROM batch_lines l WHERE l.batch_id = b.id)
        ORDER BY b.ended_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    },
  ];
}

/** Which of some attempts somebody still waits for. */
export const FIND_OPEN_ATTEMPTS = `
  SELECT t.id FROM attempts t JOIN authorizations a ON a.id = t.authorization_id
  WHERE t.id = ANY($1::uuid[]) AND a.status IN ${OPEN}`;
