import type { Problem } from './schemas.js';

/**
 * The API refused a request, or could not do it: what its problem document says (RFC 9457).
 *
 * The message is the problem's title and detail, which hold no personal data.
 *
 * @example
 * try {
 *   await answerOf(api.GET('/v1/authorizations/{id}', { params: { path: { id } } }));
 * } catch (error) {
 *   if (error instanceof ApiProblemError && error.problem.code === 'not-found') return null;
 *   throw error;
 * }
 */
export class ApiProblemError extends Error {
  override readonly name = 'ApiProblemError';

  constructor(
    readonly problem: Problem,
    /** After how many seconds another try makes sense, where the API says so. */
    readonly retryAfterSeconds: number | null,
  ) {
    super(`${problem.title}: ${problem.detail}`);
  }
}
