import type { Batch, BatchItem } from '@zhimaper/api-client';
import { worstOutcome, type CommandOutcome } from '../../runtime/exit-status.js';
import { countOf } from './show.js';

/** How a line ended; a line that failed says it by its own class. */
const OUTCOMES: readonly (readonly [Exclude<BatchItem['status'], 'failed'>, CommandOutcome])[] = [
  ['unknown', 'unknown-outcome'],
  ['refused', 'conflict'],
  ['abandoned', 'conflict'],
  ['erased', 'conflict'],
  ['cancelled', 'conflict'],
  ['rejected', 'end-user'],
  ['invalid', 'invalid-input'],
  ['authorized', 'success'],
];

/** How a batch stands: the worst of its lines, of which those that failed are told by their classes. */
export function outcomeOf(batch: Batch, failures: readonly CommandOutcome[]): CommandOutcome {
  const ends = OUTCOMES.filter(([status]) => countOf(batch, status) > 0);
  return worstOutcome([...standing(batch), ...ends.map(([, outcome]) => outcome), ...failures]);
}

/** What its own state says beside that of its lines. */
function standing({ status, pauseReason }: Batch): CommandOutcome[] {
  switch (status) {
    case 'completed':
      return [];
    case 'cancelled':
      return ['conflict'];
    case 'paused':
      return [pauseReason === 'gateway-refused' ? 'caller-config' : 'limited'];
    case 'receiving':
    case 'running':
      return ['limited'];
  }
}

/** How a line ended that failed. */
export function outcomeOfFailed({ gateway }: Pick<BatchItem, 'gateway'>): CommandOutcome {
  return gateway?.class && gateway.class !== 'success' ? gateway.class : 'not-sent';
}
