import { ProblemError } from '../errors/problem-error.js';
import type { Allowance } from './shared-limit.js';

/**
 * The headers that tell a caller of a limit.
 *
 * Source: IETF draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4.
 */
export function rateLimitHeaders(
  policy: string,
  { quota, remaining, windowSeconds, resetSeconds }: Allowance,
): Record<'ratelimit-policy' | 'ratelimit', string> {
  return {
    'ratelimit-policy': `"${policy}";q=${quota};w=${windowSeconds}`,
    ratelimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
  };
}

/** The answer to a request that is one too many. */
export function rateLimited(policy: string, detail: string, allowance: Allowance): ProblemError {
  return new ProblemError('rate-limited', {
    detail,
    headers: {
      ...rateLimitHeaders(policy, allowance),
      'retry-after': String(allowance.resetSeconds),
    },
  });
}
