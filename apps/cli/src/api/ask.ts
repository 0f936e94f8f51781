import { answerOf, ApiConnectionError, ApiProblemError, type Answer } from '@zhimaper/api-client';
import type { CommandOutcome } from '../runtime/exit-status.js';
import { Interrupted } from '../runtime/failure.js';
import { causeOf, systemCode } from '../runtime/error-shape.js';
import { ApiFailure } from './api-failure.js';
import { nextStepOf } from './next-step.js';
import { outcomeOfProblem } from './outcome-of-problem.js';

/** Whether a request may have done something even if no answer came. */
export type RequestKind = 'read' | 'effect';

/** What says that no byte of the request left. */
const NEVER_CONNECTED: ReadonlySet<string | null> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Waits for the answer of a route. Throws `ApiFailure` where there is none or it is a problem, and `Interrupted` where
 * a request without an effect was given up.
 */
export async function ask<Data>(
  route: Parameters<typeof answerOf<Data>>[0],
  kind: RequestKind = 'read',
): Promise<Answer<Data>> {
  try {
    return await answerOf(route);
  } catch (error) {
    if (error instanceof ApiProblemError) throw problemFailure(error, kind);
    if (error instanceof ApiConnectionError) throw connectionFailure(error, kind);
    throw error;
  }
}

function problemFailure(error: ApiProblemError, kind: RequestKind): ApiFailure {
  const { problem, retryAfterSeconds } = error;
  const { issues = [], gateway, code, traceId, authorizationId = null } = problem;
  const subCode = gateway?.subCode ?? issues[0]?.code;
  const answered = gateway ? [`Alipay answered ${gateway.code}${dashed(gateway.subCode)}.`] : [];
  const about = authorizationId === null ? [] : [`Authorisation ${authorizationId}.`];
  return new ApiFailure(outcomeOfProblem(problem, unclear(kind)), error.message, {
    details: [
      ...issues.map((issue) => `${issue.field} ${issue.message} (${issue.code})`),
      ...answered,
      ...about,
    ],
    nextStep: nextStepOf(problem, retryAfterSeconds),
    ...(subCode ? { subCode } : {}),
    facts: { code, traceId, authorizationId, retryAfterSeconds },
    cause: error,
  });
}

function connectionFailure(error: ApiConnectionError, kind: RequestKind): ApiFailure | Interrupted {
  if (error.code === 'API_ABORTED' && kind === 'read') return new Interrupted('Interrupted.');
  const outcome = outcomeOfConnection(error, kind);
  return new ApiFailure(outcome, error.message, {
    nextStep:
      outcome === 'unknown-outcome'
        ? 'It may have been done all the same. Find out, or repeat an application with the same idempotency key, which is safe.'
        : error.nextStep,
    facts: { code: error.code, traceId: null, authorizationId: null, retryAfterSeconds: null },
    cause: error,
  });
}

function outcomeOfConnection({ code, cause }: ApiConnectionError, kind: RequestKind) {
  if (code === 'API_UNREACHABLE' && NEVER_CONNECTED.has(systemCode(causeOf(cause)))) {
    return 'not-sent';
  }
  if (kind === 'effect') return 'unknown-outcome';
  return code === 'API_UNEXPECTED_ANSWER' ? 'caller-config' : 'not-sent';
}

function unclear(kind: RequestKind): CommandOutcome {
  return kind === 'effect' ? 'unknown-outcome' : 'not-sent';
}

function dashed(subCode: string | null): string {
  return subCode === null ? '' : `, ${subCode}`;
}
