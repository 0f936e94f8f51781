import { applicationProblem } from '../../authorizations/application-answer.js';
import type { AuthorizationStatus } from '../../authorizations/authorization-status.js';
import type { AppliedAuthorization } from '../../authorizations/authorizations.service.js';
import { UnknownKeyError } from '../../crypto/key-provider.js';
import type { ProblemCode } from '../../errors/problem-catalogue.js';
import { toProblem } from '../../errors/to-problem.js';
import { RateLimitedError } from '../../limits/rate-limited.js';
import type { EndedLineStatus } from '../batch-status.js';

/** How a line ended. */
interface LineEnd {
  kind: 'ended';
  status: EndedLineStatus;
  /** The problem's code; null where there is none. */
  code: ProblemCode | null;
  authorizationId: string | null;
}

/** What trying a line means for it and for its batch. */
export type LineOutcome =
  | LineEnd
  /** Nobody knows yet: it waits for another turn. */
  | { kind: 'left' }
  /** Something is wrong with this line that nobody foresaw: it is tried again, but not for ever. */
  | { kind: 'failed-try' }
  /** Nothing was applied for, and the next line would fare alike: the batch waits, for so long if it is known. */
  | { kind: 'held'; code: ProblemCode; forMs: number | null }
  /** Alipay refuses the service, and would each further line: the batch waits for a person. */
  | { kind: 'refused-by-gateway'; code: ProblemCode };

/** How often a line is tried that fails for a reason that nobody foresaw. */
const MOST_TRIES = 5;

/** What is to be known of a line whose application threw. */
export interface ThrownCircumstances {
  /** How often it failed before for a reason that nobody foresaw. */
  tries: number;
  /** Where the application stands that is in its way; null where none is, or none any more. */
  blocker: AuthorizationStatus | null;
}

/** What an application means for its line. */
export function outcomeOf({ authorization, replayed }: AppliedAuthorization): LineOutcome {
  const { id, status } = authorization;
  const code = applicationProblem(authorization, replayed)?.code ?? null;
  if (status === 'pending') return { kind: 'left' };
  if (status !== 'failed') return { kind: 'ended', status, code, authorizationId: id };
  // It failed under someone else's hands a moment ago; the next turn tries it again.
  if (replayed || code === null) return { kind: 'left' };
  return code === 'gateway-refused'
    ? { kind: 'refused-by-gateway', code }
    : { kind: 'held', code, forMs: null };
}

/** What an error of an application means for its line. */
export function outcomeOfError(
  error: unknown,
  { tries, blocker }: ThrownCircumstances,
): LineOutcome {
  // The key may be configured again, and all other lines wait for it too: their data is not given up for it.
  if (error instanceof UnknownKeyError) return held('unreadable-cell');
  if (error instanceof RateLimitedError && error.policy === 'unmatched') {
    const { remaining, resetSeconds } = error.allowance;
    // Where some is left, those under way may use it up; when they have ended is not known.
    return { ...held(error.code), forMs: remaining > 0 ? null : resetSeconds * 1_000 };
  }
  const { code, members } = toProblem(error);
  const ended = (status: EndedLineStatus): LineOutcome => {
    return { kind: 'ended', status, code, authorizationId: members.authorizationId ?? null };
  };
  switch (code) {
    case 'already-authorized':
    case 'rate-limited':
      return ended('refused');
    case 'unresolved-application':
      // One that is under way ends soon, and the line's own end depends on it.
      return blocker === 'unknown' ? ended('refused') : { kind: 'left' };
    case 'unknown-outcome':
      // It lies in the spool.
      return { kind: 'left' };
    case 'database-unavailable':
      return held(code);
    case 'invalid-request':
    case 'idempotency-key-reused':
      return ended('failed');
    default:
      return tries + 1 < MOST_TRIES ? { kind: 'failed-try' } : ended('failed');
  }
}

function held(code: ProblemCode): { kind: 'held'; code: ProblemCode; forMs: null } {
  return { kind: 'held', code, forMs: null };
}
