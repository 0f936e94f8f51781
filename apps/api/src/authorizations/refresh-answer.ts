import type { RefreshTokenResult } from '@zhimaper/alipay-core';
import type { ProblemCode } from '../errors/problem-catalogue.js';
import { ProblemError } from '../errors/problem-error.js';
import type { ProblemMembers } from '../errors/problem-schema.js';
import { refreshSettlementOf } from './settlement.js';

type RefreshFailure = Exclude<RefreshTokenResult, { outcome: 'success' }>;

/** The problem that answers a refresh that did not replace the pair, as far as anybody knows. */
export function refreshProblem(authorizationId: string, result: RefreshFailure): ProblemError {
  const { outcome, solution } = result;
  const { gatewayCode: code, gatewaySubCode: subCode } = refreshSettlementOf(result);
  const members: ProblemMembers = {
    ...(code === null ? {} : { gateway: { code, subCode, class: outcome, solution } }),
    authorizationId,
  };
  if (outcome === 'unknown-outcome') return unknownRefresh(authorizationId, members);
  return new ProblemError(codeOf(result), { members, detail: PAIR_AS_IT_WAS });
}

const PAIR_AS_IT_WAS = 'The token pair is as it was: nothing was refreshed.';

/** Nobody knows whether the old pair still lives. */
export function unknownRefresh(
  authorizationId: string,
  members: ProblemMembers = {},
): ProblemError {
  return new ProblemError('unknown-outcome', {
    members: { authorizationId, ...members },
    detail:
      'The pair may have been replaced, and the new one be lost: look at the authorisation, which says whether its person has to be asked again.',
  });
}

function codeOf({ outcome, reason }: RefreshFailure): ProblemCode {
  if (reason === 'over-budget') return 'over-budget';
  if (outcome === 'not-sent') return 'gateway-unreachable';
  return outcome === 'rate-limited' ? 'gateway-rate-limited' : 'gateway-refused';
}
