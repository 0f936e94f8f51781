import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXAMPLE } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi();
  key = await api.issueKey(['authorizations:write', 'authorizations:read']);
});
afterAll(() => api.close());

const post = (body: string, headers: Record<string, string> = {}) =>
  api.request('/v1/authorizations', {
    method: 'POST',
    key,
    headers: { 'idempotency-key': 'k-1', ...headers },
    body,
  });

describe('what the framework refuses', () => {
  it.each([
    ['malformed JSON', () => post('{"certNo": 330701199901011311'), 400, 'malformed-request'],
    ['an empty body', () => post(''), 400, 'malformed-request'],
    ['a poisoned prototype', () => post('{"__proto__": {"a": 1}}'), 400, 'malformed-request'],
    ['a body over 64 KiB', () => post(' '.repeat(65_537)), 413, 'payload-too-large'],
    ['text', () => post('x', { 'content-type': 'text/plain' }), 415, 'unsupported-media-type'],
    [
      'a form',
      () => post('a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported-media-type',
    ],
    ['an unknown path', () => api.request('/v2/nothing', { key }), 404, 'not-found'],
    ['an id that is none', () => api.request('/v1/authorizations/1', { key }), 404, 'not-found'],
    ['a malformed path', () => api.request('/v1/errors/%zz', { key }), 400, 'malformed-request'],
    [
      'a path that goes on and on',
      () => api.request(`/v1/errors/${'x'.repeat(300)}`, { key }),
      414,
      'uri-too-long',
    ],
  ])('is a problem: %s', async (_what, ask, status, code) => {
    const answer = await ask();
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      type: `/problems/${code}`,
      status,
      traceId: answer.headers.get('x-trace-id'),
    });
    expect(answer.text).not.toMatch(/330701199901011311|xxx|nothing/);
  });

  it('takes a body of exactly 64 KiB', async () => {
    const body = JSON.stringify(EXAMPLE);
    const padded = body + ' '.repeat(65_536 - Buffer.byteLength(body));
    expect((await post(padded)).status).toBe(201);
  });

  it.each([
    ['PUT', '/v1/authorizations', 'GET, HEAD, POST'],
    ['DELETE', '/health/live', 'GET, HEAD'],
    ['PATCH', '/v1/api-keys/1?x=1', 'DELETE'],
  ])('tells an unknown method: %s %s', async (method, path, allow) => {
    const { status, headers, body } = await api.request(path, { method, key });
    expect([status, body['code'], headers.get('allow')]).toEqual([
      405,
      'method-not-allowed',
      allow,
    ]);
  });
});

describe('every answer', () => {
  it("carries the caller's trace id, or one of its own", async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const given = await api.request('/health/live', { headers: { traceparent } });
    expect(given.headers.get('x-trace-id')).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    const own = await api.request('/health/live');
    expect(own.headers.get('x-trace-id')).toMatch(/^[\da-f]{32}$/);
    expect(own.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(own.headers.get('cache-control')).toBe('no-store');
  });

  it('is one line in the log, with the route and whose it was', async () => {
    const { headers } = await api.request('/v1/authorizations/1', { key });
    const requestId = headers.get('x-request-id');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const lines = api.lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['requestId'] === requestId);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'info',
      traceId: headers.get('x-trace-id'),
      msg: 'request',
      method: 'GET',
      route: '/v1/authorizations/:id',
      status: 404,
      clientId: expect.stringMatching(/^[\da-f-]{36}$/),
      apiKeyId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });
});

describe('the catalogue of errors', () => {
  it('lists every code', async () => {
    const { body } = await api.request<{ items: { code: string }[]; nextCursor: null }>(
      '/v1/errors',
      { key },
    );
    expect([body.items.length, body.nextCursor]).toEqual([122, null]);
  });

  it.each([
    ['NO_USER_ERROR', 'end-user'],
    ['isv.invalid-signature', 'caller-config'],
    ['invalid-signature', 'caller-config'],
    ['10000', 'success'],
  ])('explains %s', async (code, outcome) => {
    const { status, body } = await api.request(`/v1/errors/${code}`, { key });
    expect([status, body['class']]).toEqual([200, outcome]);
    expect(body['descriptionZh']).toMatch(/[一-鿿]/);
  });

  it('does not know every code', async () => {
    const { status, body } = await api.request('/v1/errors/canary', { key });
    expect([status, body['detail']]).toEqual([404, 'The catalogue has no such code.']);
  });
});

describe('health', () => {
  it('is live and ready', async () => {
    expect((await api.request('/health/live')).body).toEqual({ status: 'live' });
    const { status, body } = await api.request('/health/ready');
    expect([status, body]).toEqual([
      200,
      { status: 'ready', database: 'up', schema: 'current', spool: 'writable', draining: false },
    ]);
  });

  it('is not ready while the schema is behind', async () => {
    await api.database.query("UPDATE schema_migrations SET name = 'x' || name");
    const { status, body } = await api.request('/health/ready');
    await api.database.query('UPDATE schema_migrations SET name = substr(name, 2)');
    expect([status, body]).toEqual([
      503,
      {
        status: 'not-ready',
        database: 'up',
        schema: 'outdated',
        spool: 'writable',
        draining: false,
      },
    ]);
  });
});
