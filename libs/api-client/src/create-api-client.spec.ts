import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { answerOf } from './answer-of.js';
import { ApiConnectionError } from './api-connection-error.js';
import { ApiProblemError } from './api-problem-error.js';
import { createApiClient, type ApiClientOptions } from './create-api-client.js';
import { paginate } from './paginate.js';

const ID = '019302b7-0000-7000-8000-000000000001';
let server: Server | undefined;

afterEach(async () => {
  const closing = server;
  server = undefined;
  closing?.closeAllConnections();
  await new Promise<void>((resolve) => (closing ? closing.close(() => resolve()) : resolve()));
});

/** A client of a server that answers so. */
async function clientOf(listener: RequestListener, options: Partial<ApiClientOptions> = {}) {
  const opened = createServer(listener);
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  const { port } = opened.address() as AddressInfo;
  return createApiClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'zma_k', ...options });
}

function json(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): RequestListener {
  return (_request, response) => {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...headers });
    response.end(JSON.stringify(body));
  };
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

const find = (api: Awaited<ReturnType<typeof clientOf>>, signal?: AbortSignal) =>
  answerOf(
    api.GET('/v1/authorizations/{id}', {
      params: { path: { id: ID } },
      ...(signal ? { signal } : {}),
    }),
  );

describe('the client', () => {
  it('sends key, path, headers and body, and gives the data with its status', async () => {
    const seen: unknown[] = [];
    const api = await clientOf((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        seen.push([method, url, headers.authorization, headers['idempotency-key'], body]);
        json(201, { id: ID }, { 'idempotent-replayed': 'true' })(request, response);
      });
    });
    const body = {
      certType: 'IDENTITY_CARD' as const,
      certNo: '330701199901011311',
      name: '张三',
      mobile: '13588111111',
      consent: { reference: 'c-1', textVersion: '1', grantedAt: '2026-11-24T08:00:00Z' },
    };
    const answer = await answerOf(
      api.POST('/v1/authorizations', { params: { header: { 'Idempotency-Key': 'k-1' } }, body }),
    );
    expect(answer.status).toBe(201);
    expect(answer.data).toEqual({ id: ID });
    expect(answer.headers.get('idempotent-replayed')).toBe('true');
    expect(seen).toEqual([['POST', '/v1/authorizations', 'Bearer zma_k', 'k-1', body]]);
  });

  it('gives what has no body as undefined', async () => {
    const api = await clientOf((_request, response) => response.writeHead(204).end());
    const { data, status } = await answerOf(
      api.DELETE('/v1/api-keys/{id}', { params: { path: { id: ID } } }),
    );
    expect([data, status]).toEqual([undefined, 204]);
  });

  it('throws what the api says of a failure', async () => {
    const problem = {
      type: '/docs/problems/unknown-outcome',
      title: 'The outcome is unknown',
      status: 504,
      detail: 'Nobody knows.',
      code: 'unknown-outcome',
      traceId: 't',
      authorizationId: ID,
    };
    const error = await failureOf(find(await clientOf(json(504, problem, { 'retry-after': '7' }))));
    expect(error).toBeInstanceOf(ApiProblemError);
    expect(error).toMatchObject({
      message: 'The outcome is unknown: Nobody knows.',
      problem,
      retryAfterSeconds: 7,
    });
  });

  it.each([
    ['text/html', '<h1>502</h1>', 502],
    ['application/json', '{"message":"nope"}', 500],
    ['application/json', '<html>', 200],
    ['application/problem+json', '', 503],
  ])('tells a stranger by its answer: %s %s', async (type, body, status) => {
    const api = await clientOf((_request, response) => {
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    const error = await failureOf(find(api));
    expect(error).toBeInstanceOf(ApiConnectionError);
    expect(error).toMatchObject({ code: 'API_UNEXPECTED_ANSWER' });
  });

  it('follows no redirect', async () => {
    const api = await clientOf((_request, response) => {
      response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' }).end();
    });
    expect(await failureOf(find(api))).toMatchObject({ code: 'API_UNREACHABLE' });
  });

  it.each([
    ['the headers', () => undefined],
    [
      'the body',
      (_request: unknown, response: Parameters<RequestListener>[1]) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
      },
    ],
  ])('waits for %s no longer than the deadline', async (_what, listener) => {
    const api = await clientOf(listener, { timeoutMs: 100 });
    expect(await failureOf(find(api))).toMatchObject({
      name: 'ApiConnectionError',
      code: 'API_TIMEOUT',
      message: expect.stringMatching(
        /^The api at http:\/\/127\.0\.0\.1:\d+ did not answer within 100 ms\.$/,
      ),
    });
  });

  it('gives up when it is told to', async () => {
    const giveUp = new AbortController();
    const api = await clientOf(() => {
      giveUp.abort();
    });
    expect(await failureOf(find(api, giveUp.signal))).toMatchObject({ code: 'API_ABORTED' });
  });

  it('says where nobody listens', async () => {
    const api = await clientOf(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    expect(await failureOf(find(api))).toMatchObject({ code: 'API_UNREACHABLE' });
  });

  it.each(['', 'localhost:3000', 'ftp://x', 'http://'])('refuses the base URL "%s"', (baseUrl) => {
    expect(() => createApiClient({ baseUrl })).toThrow(
      new TypeError('baseUrl must be an http or https URL.'),
    );
  });
});

describe('paginate', () => {
  it('fetches page after page, and none before it is needed', async () => {
    const asked: (string | undefined)[] = [];
    const fetchPage = (cursor: string | undefined) => {
      asked.push(cursor);
      const data =
        cursor === undefined
          ? { items: [1, 2], nextCursor: 'b' }
          : { items: [3], nextCursor: null };
      return Promise.resolve({ data, status: 200, headers: new Headers() });
    };
    const items = paginate(fetchPage);
    expect(await items.next()).toEqual({ done: false, value: 1 });
    expect(asked).toEqual([undefined]);
    expect([(await items.next()).value, (await items.next()).value]).toEqual([2, 3]);
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(asked).toEqual([undefined, 'b']);
  });
});
