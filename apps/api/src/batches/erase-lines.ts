import { NO_LANE } from './lanes.js';

/**
 * Erases a person from all lines of the client's batches: one that waits ends with its application destroyed, of the
 * others goes what points to the person. Answers how many lines of which batches, and how many of them had waited.
 *
 * Parameters: the client, the person's hash, the instant.
 */
export const ERASE_LINES = `
  WITH theirs AS (
    SELECT l.id, l.batch_id, l.status = 'waiting' AS waited
    FROM batch_lines l JOIN batches b ON b.id = l.batch_id
    WHERE b.client_id = $1 AND l.person_hash = $2
    ORDER BY l.id FOR UPDATE OF l
  ), gone AS (
    UPDATE batch_lines l SET
      person_hash = NULL, fingerprint = NULL, reference = NULL, application_cell = NULL,
      status = CASE WHEN waited THEN 'erased' ELSE l.status END,
      ended_at = CASE WHEN waited THEN $3 ELSE l.ended_at END
    FROM theirs WHERE l.id = theirs.id
  ), totals AS (
    SELECT batch_id, count(*)::int AS lines, (count(*) FILTER (WHERE waited))::int AS waited
    FROM theirs GROUP BY batch_id
  ), counted AS (
    INSERT INTO batch_counts AS c (batch_id, lane, status, lines)
    SELECT batch_id, ${NO_LANE}, 'erased', waited FROM totals WHERE waited > 0 ORDER BY batch_id
    ON CONFLICT (batch_id, lane, status) DO UPDATE SET lines = c.lines + excluded.lines
  )
  SELECT batch_id AS "batchId", lines, waited FROM totals`;

export interface ErasedLines {
  batchId: string;
  /** How many lines were for the person. */
  lines: number;
  /** How many of them had not begun. */
  waited: number;
}
