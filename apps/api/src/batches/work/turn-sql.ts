/** Whose a batch is, if its lines may be applied for now. */
export const FIND_OWNER = `
  SELECT client_id AS "clientId", api_key_id AS "apiKeyId", request_id AS "requestId"
  FROM batches WHERE id = $1 AND status = 'running'`;

/** The next lines of a lane behind a number; none while its batch has to wait. */
export const READ_LANE = `
  SELECT l.id, l.number, l.tries, l.application_cell AS cell
  FROM batches b JOIN batch_lines l ON l.batch_id = b.id
  WHERE b.id = $1 AND b.status = 'running' AND (b.not_before IS NULL OR b.not_before <= now())
    AND l.lane = $2 AND l.number > $3 AND l.status = 'waiting'
  ORDER BY l.number LIMIT $4`;

/**
 * Ends lines that still wait, destroys their applications and counts them; all of it or nothing. They are locked in one
 * order, as by whoever else ends several.
 */
export const END_LINES = `
  WITH ends AS (
    SELECT l.id, e.status, e.code, e.authorization_id
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) AS e (id, status, code, authorization_id)
    JOIN batch_lines l ON l.id = e.id
    WHERE l.status = 'waiting' ORDER BY l.id FOR UPDATE OF l
  ), ended AS (
    UPDATE batch_lines l SET
      status = ends.status, code = ends.code, authorization_id = ends.authorization_id,
      application_cell = NULL, ended_at = $5
    FROM ends WHERE l.id = ends.id
    RETURNING l.batch_id, l.lane, l.status
  ), counted AS (
    INSERT INTO batch_counts AS c (batch_id, lane, status, lines)
    SELECT batch_id, lane, status, count(*) FROM ended GROUP BY batch_id, lane, status
    ON CONFLICT (batch_id, lane, status) DO UPDATE SET lines = c.lines + excluded.lines
  )
  SELECT status, count(*)::int AS lines FROM ended GROUP BY status`;

export const COUNT_TRIES = `
  UPDATE batch_lines SET tries = tries + 1 WHERE id = ANY($1) AND status = 'waiting'`;

/** How long a batch is held up at first, at most, and for how much longer each time. */
const FIRST_HOLD_MS = 1_000;
const LONGEST_HOLD_MS = 60_000;
const GROWTH = 2;

/**
 * Holds a batch up, for so long at least: longer than the last time where that was only a short while ago. What was under way
 * together holds it up once.
 */
export const HOLD = `
  UPDATE batches SET
    hold_ms = held.ms, updated_at = now(),
    not_before = now() + greatest(held.ms, coalesce($2::int, 0)) * interval '1 ms'
  FROM (
    SELECT id, CASE
      WHEN not_before > now() - ${GROWTH} * hold_ms * interval '1 ms'
        THEN least(${LONGEST_HOLD_MS}, hold_ms * ${GROWTH})
      ELSE ${FIRST_HOLD_MS} END AS ms
    FROM batches WHERE id = $1
  ) AS held
  WHERE batches.id = held.id AND status = 'running' AND (not_before IS NULL OR not_before <= now())
  RETURNING extract(epoch FROM not_before - now())::float AS seconds`;

/** Leaves a batch to a person, because Alipay refuses the service. */
export const PAUSE_REFUSED = `
  UPDATE batches SET status = 'paused', pause_reason = 'gateway-refused', updated_at = $2
  WHERE id = $1 AND status = 'running' RETURNING client_id AS "clientId"`;
