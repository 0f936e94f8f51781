import type { GatewayAnswer } from './answer.js';

export interface RetryPolicy {
  /** Calls in all, the first included. 1 means no retry. */
  attempts: number;
  /** Ceiling of the first pause, in milliseconds; it doubles with each further one. */
  baseDelayMs: number;
  /** Ceiling of any pause, in milliseconds. */
  maxDelayMs: number;
}

export interface RetryContext {
  /** A number in [0, 1). */
  random: () => number;
  /** Resolves after that many milliseconds, or at once when the call is aborted. */
  sleep: (milliseconds: number) => Promise<void>;
  /** Whether the call's deadline would be over after that many milliseconds, or the call is aborted. */
  isOver: (afterMilliseconds: number) => boolean;
}

/**
 * Repeats a call while its outcome is one that cannot have had an effect (`not-sent`, `rate-limited`), with
 * exponential back-off and full jitter: each pause is drawn evenly from zero to its ceiling, so that callers who
 * failed together do not come back together.
 */
export async function withRetries(
  call: () => Promise<GatewayAnswer>,
  policy: RetryPolicy,
  { random, sleep, isOver }: RetryContext,
): Promise<GatewayAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await call();
    const harmless = answer.outcome === 'not-sent' || answer.outcome === 'rate-limited';
    if (!harmless || attempt >= policy.attempts) return answer;
    const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
    const pause = Math.floor(random() * ceiling);
    if (isOver(pause)) return answer;
    await sleep(pause);
    if (isOver(0)) return answer;
  }
}
