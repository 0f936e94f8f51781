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

/** Which limit was reached: of a key's requests, of a person's applications, of people unknown to Alipay, of logins. */
type LimitPolicy = 'requests' | 'subject' | 'unmatched' | 'logins';

/** The answer to a request that is one too many. */
export class RateLimitedError extends ProblemError {
  readonly policy: LimitPolicy;
  readonly allowance: Allowance;

  constructor(policy: LimitPolicy, detail: string, allowance: Allowance) {
    super('rate-limited', {
      detail,
      headers: {
        ...rateLimitHeaders(policy, allowance),
        'retry-after': String(allowance.resetSeconds),
      },
    });
    this.policy = policy;
    this.allowance = allowance;
  }
}
