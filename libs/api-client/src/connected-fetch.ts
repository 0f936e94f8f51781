import { ApiConnectionError } from './api-connection-error.js';

/**
 * Gives requests a deadline and says in one way why no answer came. The deadline covers the body of a JSON answer; of
 * any other, which may go on for long, only the headers.
 */
export function connectedFetch(
  send: typeof fetch,
  timeoutMs: number,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort();
    }, timeoutMs);
    try {
      const signal = AbortSignal.any([request.signal, deadline.signal]);
      const response = await send(request, { signal });
      return isJson(response) ? await withBody(response) : response;
    } catch (cause) {
      if (request.signal.aborted) throw givenUp(cause);
      const { origin } = new URL(request.url);
      throw deadline.signal.aborted ? late(origin, timeoutMs, cause) : unreachable(origin, cause);
    } finally {
      clearTimeout(timer);
    }
  };
}

function isJson({ headers }: Response): boolean {
  return /^application\/(\w+\+)?json(;|$)/i.test(headers.get('content-type') ?? '');
}

async function withBody(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  return new Response(await response.arrayBuffer(), { status, statusText, headers });
}

function givenUp(cause: unknown): ApiConnectionError {
  return new ApiConnectionError('API_ABORTED', 'The request was given up.', {
    nextStep: 'Find out what became of it before it is sent again.',
    cause,
  });
}

function late(origin: string, timeoutMs: number, cause: unknown): ApiConnectionError {
  const message = `The api at ${origin} did not answer within ${timeoutMs} ms.`;
  return new ApiConnectionError('API_TIMEOUT', message, {
    nextStep: 'Try again with the same Idempotency-Key, or allow more time.',
    cause,
  });
}

function unreachable(origin: string, cause: unknown): ApiConnectionError {
  const message = `The api at ${origin} cannot be reached, or the connection broke.`;
  return new ApiConnectionError('API_UNREACHABLE', message, {
    nextStep: 'See that it runs there and that nothing stands between.',
    cause,
  });
}
