/** What a batch looks like, its counts in the same instant. */
const BATCH = `
  b.id, b.status, b.pause_reason AS "pauseReason", b.line_count AS "lineCount",
  b.not_before AS "notBefore", b.created_at AS "createdAt", b.updated_at AS "updatedAt",
  b.received_at AS "receivedAt", b.ended_at AS "endedAt",
  (SELECT coalesce(jsonb_object_agg(c.status, c.lines), '{}') FROM (
     SELECT status, sum(lines) AS lines FROM batch_counts WHERE batch_id = b.id GROUP BY status
   ) c) AS ended`;

export const FIND_BATCH = `SELECT ${BATCH} FROM batches b WHERE b.client_id = $1 AND b.id = $2`;

/** With no status those of every one, with no cursor from the newest on. */
export const LIST_BATCHES = `
  SELECT ${BATCH} FROM batches b
  WHERE b.client_id = $1 AND ($2::text IS NULL OR b.status = $2)
    AND ($3::timestamptz IS NULL OR (b.created_at, b.id) < ($3, $4::uuid))
  ORDER BY b.created_at DESC, b.id DESC LIMIT $5`;

/** What a caller may do to a batch. */
export type BatchChange = 'pause' | 'resume' | 'cancel';

const change = (set: string, from: string) => `
  UPDATE batches SET ${set}, updated_at = $3
  WHERE client_id = $1 AND id = $2 AND status IN (${from})
  RETURNING line_count AS "lineCount"`;

/** How a batch is changed, where its state allows it. `ended_at` of a cancelled one follows with its last application. */
export const CHANGE = {
  pause: {
    sql: change("status = 'paused', pause_reason = 'requested'", "'running'"),
    action: 'batch.paused',
  },
  resume: {
    sql: change("status = 'running', pause_reason = NULL, not_before = NULL", "'paused'"),
    action: 'batch.resumed',
  },
  cancel: {
    sql: change(
      "status = 'cancelled', pause_reason = NULL, not_before = NULL",
      "'receiving', 'running', 'paused'",
    ),
    action: 'batch.cancelled',
  },
} as const satisfies Record<BatchChange, { sql: string; action: string }>;
