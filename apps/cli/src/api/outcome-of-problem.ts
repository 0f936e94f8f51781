import type { Problem } from '@zhimaper/api-client';
import type { CommandOutcome } from '../runtime/exit-status.js';

const OUTCOME_BY_STATUS: Readonly<Record<number, CommandOutcome>> = {
  401: 'not-authenticated',
  403: 'not-allowed',
  404: 'not-found',
  408: 'not-sent',
  409: 'conflict',
  410: 'conflict',
  429: 'limited',
  504: 'unknown-outcome',
};

/** A limit of the api's own which is no fault of this caller's, hence its status. */
const OVER_BUDGET = 'over-budget';

/** What a problem of the api means here; by status and class, so that codes of a newer api have their place too. */
export function outcomeOfProblem(
  { status, code, gateway }: Pick<Problem, 'status' | 'gateway'> & Partial<Pick<Problem, 'code'>>,
  unclear: CommandOutcome,
): CommandOutcome {
  const known = OUTCOME_BY_STATUS[status];
  if (known !== undefined) return known;
  if (gateway && (status === 422 || status === 502 || status === 503)) return gateway.class;
  if (status === 502) return 'caller-config';
  if (status === 503) return code === OVER_BUDGET ? 'limited' : 'not-sent';
  return status < 500 ? 'invalid-input' : unclear;
}
