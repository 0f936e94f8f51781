import type { ProblemCode } from '../errors/problem-catalogue.js';
import { ProblemError } from '../errors/problem-error.js';
import type { ProblemMembers } from '../errors/problem-schema.js';
import type { Authorization } from './authorization.entity.js';
import { gatewayVerdict } from './gateway-verdict.js';

/**
 * The problem that answers an application whose authorisation is in this state; null where it is granted, or was
 * resolved by a person, and the answer is the authorisation itself.
 */
export function applicationProblem(
  authorization: Authorization,
  replayed: boolean,
): ProblemError | null {
  const code = problemCode(authorization);
  if (code === null) return null;
  const gateway = gatewayVerdict(authorization);
  const members: ProblemMembers = {
    ...(gateway ? { gateway } : {}),
    authorizationId: authorization.id,
  };
  const settled = replayed && authorization.status !== 'pending';
  return new ProblemError(code, { members, ...(settled ? { headers: REPLAYED } : {}) });
}

/** Marks an answer that tells what an earlier request did. */
export const REPLAYED = { 'idempotent-replayed': 'true' } as const;

function problemCode(authorization: Authorization): ProblemCode | null {
  const { status, outcomeClass, failureReason, resolution } = authorization;
  switch (status) {
    case 'authorized':
    case 'abandoned':
      return null;
    case 'pending':
      return 'application-in-flight';
    case 'rejected':
      return resolution === null ? 'application-rejected' : null;
    case 'erased':
      return 'authorization-erased';
    case 'unknown':
      return 'unknown-outcome';
    case 'failed':
      if (failureReason === 'over-budget') return 'over-budget';
      if (outcomeClass === 'not-sent') return 'gateway-unreachable';
      return outcomeClass === 'rate-limited' ? 'gateway-rate-limited' : 'gateway-refused';
  }
}
