import type { Problem } from '@zhimaper/api-client';

/** What to do about a problem of the api, in this tool's own commands where it has one. */
export function nextStepOf(problem: Problem, retryAfterSeconds: number | null): string {
  const { gateway, authorizationId: id = 'ID' } = problem;
  switch (problem.code) {
    case 'unauthenticated':
      return 'Check the API key: zhimaper config list --explain says where it comes from.';
    case 'insufficient-scope':
      return 'Use a key with that scope; an administrator makes one: zhimaper api-keys create --scopes SCOPES.';
    case 'already-authorized':
      return `Use what is there: zhimaper authorizations get ${id}. Add --confirm-reapplication only if the person is to grant it again.`;
    case 'unresolved-application':
    case 'application-in-flight':
      return `See what becomes of it: zhimaper authorizations get ${id} --watch.`;
    case 'unknown-outcome':
      return `Find out what became of it, then: zhimaper authorizations resolve ${id}. Calling again with the same key only asks.`;
    case 'reauthorization-required':
      return 'Apply for the person again with a new consent and --confirm-reapplication.';
    case 'idempotency-key-reused':
      return 'Leave --idempotency-key out, or give a new one.';
    case 'batch-ended':
      return 'See what became of its lines: zhimaper batch results ID. What is left goes into a new batch.';
    case 'batch-receiving':
      return 'Run its zhimaper batch submit again, which goes on where it broke off, or cancel it.';
    case 'application-rejected':
      return `${gateway?.solution ?? 'Correct the data.'} To ask Alipay again, give another --idempotency-key or a new consent.`;
    default:
      if (gateway?.solution) return gateway.solution;
      if (retryAfterSeconds !== null) return `Call again in ${retryAfterSeconds} seconds.`;
      return problem.status < 500
        ? 'Correct that and call again.'
        : `Give the trace id ${problem.traceId} to whoever runs the api.`;
  }
}
