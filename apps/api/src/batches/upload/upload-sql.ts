import { NO_LANE } from '../lanes.js';

/** Begins a batch unless the client has one of this key; answers the one there is, which it locks for a moment. */
export const OPEN_BATCH = `
  INSERT INTO batches AS b
    (id, client_id, api_key_id, request_id, key_hash, status, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, 'receiving', $6, $6)
  ON CONFLICT (client_id, key_hash) DO UPDATE SET key_hash = b.key_hash
  RETURNING b.id, b.status, b.received_at AS "receivedAt"`;

/**
 * Stores lines of a batch that is still being received, those left out that are there, and counts them; answers how
 * many. The batch's row is locked: it is neither cancelled nor begun in between.
 */
export const STORE_LINES = `
  WITH open AS (
    SELECT id FROM batches WHERE id = $1 AND status = 'receiving' FOR UPDATE
  ), stored AS (
    INSERT INTO batch_lines
      (id, batch_id, number, lane, status, fingerprint, person_hash, application_cell, reference, issues, ended_at)
    SELECT n.id, open.id, n.number, n.lane, CASE WHEN n.cell IS NULL THEN 'invalid' ELSE 'waiting' END,
      n.fingerprint, n.person_hash, n.cell, n.reference, n.issues::jsonb,
      CASE WHEN n.cell IS NULL THEN $2::timestamptz END
    FROM open, unnest($3::uuid[], $4::int[], $5::smallint[], $6::bytea[], $7::bytea[], $8::bytea[], $9::text[], $10::text[])
      AS n (id, number, lane, fingerprint, person_hash, cell, reference, issues)
    ON CONFLICT (batch_id, number) DO NOTHING
    RETURNING status
  ), totals AS (
    SELECT count(*)::int AS lines, (count(*) FILTER (WHERE status = 'invalid'))::int AS invalid FROM stored
  ), counted AS (
    INSERT INTO batch_counts AS c (batch_id, lane, status, lines)
    SELECT $1, ${NO_LANE}, 'invalid', invalid FROM totals WHERE invalid > 0
    ON CONFLICT (batch_id, lane, status) DO UPDATE SET lines = c.lines + excluded.lines
  ), grown AS (
    UPDATE batches SET line_count = line_count + totals.lines, updated_at = $2
    FROM totals WHERE id = $1 AND totals.lines > 0
  )
  SELECT lines, invalid FROM totals`;

export const FIND_LINES = `
  SELECT number, fingerprint FROM batch_lines WHERE batch_id = $1 AND number BETWEEN $2 AND $3`;

/** From here on nobody changes the batch; what it is now shows in a statement of its own. */
export const LOCK_BATCH = `SELECT FROM batches WHERE id = $1 FOR UPDATE`;

export const FIND_UPLOAD = `
  SELECT b.status, b.line_count AS "lineCount", b.received_at AS "receivedAt",
    coalesce(sum(c.lines), 0)::int AS ended,
    coalesce(sum(c.lines) FILTER (WHERE c.status = 'invalid'), 0)::int AS invalid
  FROM batches b LEFT JOIN batch_counts c ON c.batch_id = b.id WHERE b.id = $1 GROUP BY b.id`;

export const END_UPLOAD = `
  UPDATE batches SET status = $2, received_at = $3, updated_at = $3,
    ended_at = CASE WHEN $2 = 'completed' THEN $3::timestamptz END
  WHERE id = $1`;
