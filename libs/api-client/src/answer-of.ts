import { ApiConnectionError } from './api-connection-error.js';
import { ApiProblemError } from './api-problem-error.js';
import type { Problem } from './schemas.js';

/** What a route of the client resolves to: data or a problem, with the response. */
interface RouteResult<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

export interface Answer<Data> {
  data: Data;
  /** The HTTP status, which tells a replayed application (200, 201) from a new one. */
  status: number;
  headers: Headers;
}

/**
 * Waits for a route's answer and gives its data.
 *
 * Throws `ApiProblemError` where the API answered with a problem, and `ApiConnectionError` where no answer of the
 * API's came.
 *
 * @example
 * const { data } = await answerOf(api.GET('/v1/errors/{code}', { params: { path: { code } } }));
 */
export async function answerOf<Data>(result: Promise<RouteResult<Data>>): Promise<Answer<Data>> {
  const { data, error, response } = await settled(result);
  const { status, headers } = response;
  if (response.ok && error === undefined) {
    // A route without a body has `undefined` for its data's type.
    return { data: data as Data, status, headers };
  }
  if (isProblem(error)) throw new ApiProblemError(error, retryAfter(headers));
  throw unexpected(status);
}

async function settled<Data>(result: Promise<RouteResult<Data>>): Promise<RouteResult<Data>> {
  try {
    return await result;
  } catch (error) {
    // What claims to be JSON and is not did not come from the API.
    if (error instanceof SyntaxError) throw unexpected(null, error);
    throw error;
  }
}

function unexpected(status: number | null, cause?: unknown): ApiConnectionError {
  const what = status === null ? 'an answer' : `an answer with status ${status}`;
  return new ApiConnectionError(
    'API_UNEXPECTED_ANSWER',
    `Something else than the api gave ${what}.`,
    { nextStep: 'See that the base URL is that of the api and not of a proxy.', cause },
  );
}

function isProblem(error: unknown): error is Problem {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    'title' in error &&
    'detail' in error
  );
}

/** In seconds (RFC 9110, section 10.2.3); the API writes no dates. */
function retryAfter(headers: Headers): number | null {
  const text = headers.get('retry-after');
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
