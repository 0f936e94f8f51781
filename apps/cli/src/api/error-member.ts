import type { CommandFailure } from '../runtime/failure.js';
import { ApiFailure } from './api-failure.js';

/** The member `error` of a line of JSON: why there is no result. */
export function errorMember(
  outcome: string,
  subCode: string | null,
  failure: CommandFailure | undefined,
) {
  const facts = failure instanceof ApiFailure ? failure.facts : null;
  return {
    outcome,
    code: facts?.code ?? outcome,
    subCode,
    message: failure?.message ?? null,
    details: failure?.details ?? [],
    nextStep: failure?.nextStep ?? null,
    traceId: facts?.traceId ?? null,
    authorizationId: facts?.authorizationId ?? null,
    retryAfterSeconds: facts?.retryAfterSeconds ?? null,
  };
}
