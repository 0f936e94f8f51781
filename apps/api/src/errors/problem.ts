import { problemKind } from './problem-catalogue.js';
import type { ProblemError, ProblemMembers } from './problem-error.js';

/** The body of an answer of media type `application/problem+json`. */
export interface Problem extends ProblemMembers {
  /** URI reference of the page that explains the code. */
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  traceId: string;
}

/**
 * Writes a problem for a caller.
 *
 * Source: RFC 9457, section 3 (members), RFC 9110, section 10.2.3 (`Retry-After`).
 *
 * @param traceId of the request, as its log lines carry it
 */
export function writeProblem(
  { code, detail, members, headers }: ProblemError,
  traceId: string,
): { status: number; headers: Record<string, string>; body: Problem } {
  const { status, title, retryAfterSeconds } = problemKind(code);
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...headers,
    },
    body: { type: `/problems/${code}`, title, status, detail, code, traceId, ...members },
  };
}
