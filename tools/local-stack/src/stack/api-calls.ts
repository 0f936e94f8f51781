import { messageOf, StackError } from '../stack-error.js';

/** Longer than the api waits for the gateway. */
const CALL_TIMEOUT_MS = 30_000;

/** How the api answered. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

interface ApiCall {
  path: string;
  bearer: string;
  body: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/**
 * Posts JSON to the api.
 *
 * @throws StackError `API_FAILED` when it does not answer with JSON in time
 */
export async function postToApi(api: string, call: ApiCall): Promise<ApiAnswer> {
  const { path, bearer, body, headers, signal } = call;
  try {
    const response = await fetch(`${api}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify(body),
      signal: withTimeout(signal, CALL_TIMEOUT_MS),
    });
    const answer: unknown = await response.json();
    if (!isRecord(answer)) throw new Error('the answer is not a JSON object');
    return { status: response.status, headers: response.headers, body: answer };
  } catch (error) {
    signal?.throwIfAborted();
    throw new StackError('API_FAILED', `POST ${path} failed: ${messageOf(error)}.`, {
      nextStep: "See the api's log.",
      cause: error,
    });
  }
}

/** A problem document (RFC 9457) as one line. */
export function describeProblem({ status, body }: ApiAnswer): string {
  const texts = [body['code'], body['title'], body['detail']].filter(
    (text) => typeof text === 'string' && text !== '',
  );
  return [`HTTP ${status}`, ...texts].join(', ');
}

/** The signal given, if any, and a deadline. */
export function withTimeout(signal: AbortSignal | undefined, timeoutMs: number): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
