import { problemKind, problemType } from './problem-catalogue.js';
import type { ProblemError } from './problem-error.js';
import type { Problem } from './problem-schema.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

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
      'content-type': `${PROBLEM_MEDIA_TYPE}; charset=utf-8`,
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...headers,
    },
    body: { type: problemType(code), title, status, detail, code, traceId, ...members },
  };
}
