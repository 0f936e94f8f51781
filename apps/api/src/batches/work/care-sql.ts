import { APPLICATION_ROUTE } from '../../authorizations/claim-sql.js';
import { BATCH_LINES } from '../../jobs/queues.js';
import { LANES } from '../lanes.js';

const WAITING_LINE = `
  SELECT FROM batch_lines l WHERE l.batch_id = b.id AND l.status = 'waiting'`;

/** A turn that waits for a worker, or that one is at. */
const TURN = `
  SELECT FROM pgboss.job j
  WHERE j.name = '${BATCH_LINES.name}' AND j.state <= 'active' AND j.data->>'batchId' = b.id::text`;

/** Lanes in which lines wait that may be applied for, and for which no turn is there. */
export const FIND_IDLE_LANES = `
  SELECT b.id AS "batchId", lane
  FROM batches b CROSS JOIN generate_series(0, ${LANES - 1}) AS lane
  WHERE b.ended_at IS NULL AND b.status = 'running' AND (b.not_before IS NULL OR b.not_before <= now())
    AND EXISTS (${WAITING_LINE} AND l.lane = lane)
    AND NOT EXISTS (${TURN} AND j.data->'lane' = to_jsonb(lane))
  ORDER BY b.id, lane LIMIT $1`;

export const COMPLETE = `
  UPDATE batches b SET status = 'completed', ended_at = $1, updated_at = $1
  WHERE ended_at IS NULL AND status = 'running' AND NOT EXISTS (${WAITING_LINE})
  RETURNING id`;

/** Gives up uploads of which nothing came since $2. */
export const GIVE_UP_UPLOADS = `
  UPDATE batches SET status = 'cancelled', updated_at = $1
  WHERE ended_at IS NULL AND status = 'receiving' AND updated_at < $2
  RETURNING id, client_id AS "clientId"`;

/** Lines of cancelled batches whose applications are still there; none while a turn could be at them. */
export const FIND_CANCELLED_LINES = `
  SELECT l.id, b.client_id AS "clientId" FROM batches b JOIN batch_lines l ON l.batch_id = b.id
  WHERE b.ended_at IS NULL AND b.status = 'cancelled' AND l.status = 'waiting' AND NOT EXISTS (${TURN})
  LIMIT $1`;

/** What was applied for some lines, whose process did not get to write it down. */
export const FIND_APPLIED = `
  SELECT l.id AS "lineId", k.authorization_id AS "authorizationId"
  FROM unnest($1::uuid[], $2::uuid[], $3::bytea[]) AS l (id, client_id, key_hash)
  JOIN idempotency_keys k
    ON k.client_id = l.client_id AND k.route = '${APPLICATION_ROUTE}' AND k.key_hash = l.key_hash`;

export const END_CANCELLED = `
  UPDATE batches b SET ended_at = $1, updated_at = $1
  WHERE ended_at IS NULL AND status = 'cancelled'
    AND NOT EXISTS (${WAITING_LINE}) AND NOT EXISTS (${TURN})`;
