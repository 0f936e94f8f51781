import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES, type Scope } from '../src/api-keys/scopes.js';
import { apply, someone } from './support/applications.js';
import { jsonLines, upload } from './support/batches.js';
import { routesOf } from './support/routes-of.js';
import { ADMIN_KEY, startTestApi, type TestApi } from './support/test-api.js';

/** What one client has, and no other may see or touch. */
interface Own {
  granted: string;
  unknown: string;
  apiKeyId: string;
  batch: string;
}

interface Line {
  scope: Scope | 'any-key' | 'public';
  /** Where the path names something of the owner's. */
  id?: keyof Own;
  body?: object;
  /** The lines of a batch. */
  lines?: string;
  /** The code of the path, where it is not one of the gateway's. */
  code?: string;
  /** What a key of the owner's client is answered, and one of another client with the same scopes. */
  owner: number;
  stranger: number;
}

const REFERENCE = 'matrix-reference';

const MATRIX: Record<string, Line> = {
  'DELETE /v1/api-keys/:id': { scope: 'admin', id: 'apiKeyId', owner: 204, stranger: 204 },
  'DELETE /v1/authorizations/:id': {
    ...{ scope: 'authorizations:erase', id: 'granted' },
    ...{ owner: 204, stranger: 404 },
  },
  'GET /docs': { scope: 'public', owner: 200, stranger: 200 },
  'GET /docs/assets/:file': { scope: 'public', owner: 200, stranger: 200 },
  'GET /health/live': { scope: 'public', owner: 200, stranger: 200 },
  'GET /health/ready': { scope: 'public', owner: 200, stranger: 200 },
  'GET /metrics': { scope: 'public', owner: 200, stranger: 200 },
  'GET /openapi.json': { scope: 'public', owner: 200, stranger: 200 },
  'GET /problems': { scope: 'public', owner: 200, stranger: 200 },
  'GET /problems/:code': { scope: 'public', code: 'not-found', owner: 200, stranger: 200 },
  'GET /v1/api-keys': { scope: 'admin', owner: 200, stranger: 200 },
  'GET /v1/audit-events': { scope: 'audit:read', owner: 200, stranger: 200 },
  'GET /v1/authorizations': { scope: 'authorizations:read', owner: 200, stranger: 200 },
  'GET /v1/authorizations/:id': {
    ...{ scope: 'authorizations:read', id: 'granted' },
    ...{ owner: 200, stranger: 404 },
  },
  'GET /v1/authorizations/:id/token': {
    ...{ scope: 'tokens:read', id: 'granted' },
    ...{ owner: 200, stranger: 404 },
  },
  'GET /v1/batches': { scope: 'batches:read', owner: 200, stranger: 200 },
  'GET /v1/batches/:id': {
    ...{ scope: 'batches:read', id: 'batch' },
    ...{ owner: 200, stranger: 404 },
  },
  'GET /v1/batches/:id/items': {
    ...{ scope: 'batches:read', id: 'batch' },
    ...{ owner: 200, stranger: 404 },
  },
  'GET /v1/errors': { scope: 'any-key', owner: 200, stranger: 200 },
  'GET /v1/errors/:code': { scope: 'any-key', owner: 200, stranger: 200 },
  'POST /v1/api-keys': {
    ...{ scope: 'admin', body: { name: 'matrix', scopes: ['audit:read'] } },
    ...{ owner: 201, stranger: 201 },
  },
  'POST /v1/audit-events/verification': { scope: 'audit:read', owner: 200, stranger: 200 },
  'POST /v1/authorizations': {
    ...{ scope: 'authorizations:write', body: someone({ reference: 'another' }) },
    ...{ owner: 201, stranger: 201 },
  },
  'POST /v1/authorizations/:id/refresh': {
    ...{ scope: 'tokens:refresh', id: 'granted' },
    ...{ owner: 200, stranger: 404 },
  },
  'POST /v1/authorizations/:id/resolution': {
    ...{ scope: 'authorizations:resolve', id: 'unknown' },
    ...{ body: { outcome: 'abandoned', note: 'by hand' }, owner: 200, stranger: 404 },
  },
  'POST /v1/batches': {
    ...{ scope: 'batches:write', lines: jsonLines([someone({ reference: 'another' })]) },
    ...{ owner: 201, stranger: 201 },
  },
  'POST /v1/batches/:id/cancel': {
    ...{ scope: 'batches:write', id: 'batch' },
    ...{ owner: 200, stranger: 404 },
  },
  'POST /v1/batches/:id/pause': {
    ...{ scope: 'batches:write', id: 'batch' },
    ...{ owner: 200, stranger: 404 },
  },
  'POST /v1/batches/:id/resume': {
    ...{ scope: 'batches:write', id: 'batch' },
    ...{ owner: 200, stranger: 404 },
  },
  'POST /v1/subjects/erasure': {
    ...{ scope: 'authorizations:erase', body: { certType: 'IDENTITY_CARD', certNo: '1' } },
    ...{ owner: 200, stranger: 200 },
  },
};

let api: TestApi;

beforeAll(async () => {
  // Its batches wait: they stay as the test made them.
  api = await startTestApi({ ROLE: 'api' });
});
afterAll(() => api.close());

/** Something of each kind that the client `owner` has. */
async function prepare(): Promise<Own> {
  const key = await api.issueKey(['authorizations:write', 'batches:write'], 'owner');
  const granted = await apply(api, key, randomUUID(), someone({ reference: REFERENCE }));
  api.sandbox.addScenario({ times: 1, then: { subCode: 'SYSTEM_ERROR' } });
  const unknown = await apply(api, key, randomUUID(), someone({ reference: REFERENCE }));
  const batch = await upload(
    ...[api, key, randomUUID(), jsonLines([someone({ reference: REFERENCE })])],
  );
  const [apiKey] = await api.database.query<{ id: string }>(
    "SELECT k.id FROM api_keys k JOIN clients c ON c.id = client_id WHERE c.name = 'owner' ORDER BY k.created_at DESC LIMIT 1",
  );
  return {
    granted: granted.body.id,
    unknown: unknown.body.authorizationId!,
    apiKeyId: apiKey!.id,
    batch: batch.body.id,
  };
}

it('has a line for each route, and none for another', () => {
  expect(Object.keys(MATRIX).sort()).toEqual(routesOf(api));
});

describe.each(Object.entries(MATRIX))('%s', (route, line) => {
  const { scope, id, body, lines, code = 'NO_USER_ERROR' } = line;
  const [method, pattern] = route.split(' ') as [string, string];
  const needed = SCOPES.find((one) => one === scope);
  let own: Own;

  beforeAll(async () => {
    own = await prepare();
  });

  const path = () =>
    pattern
      .replace(':id', id ? own[id] : '-')
      .replace(':code', code)
      .replace(':file', 'docs.css');
  const ask = (key?: string) =>
    api.request(path(), {
      method,
      headers: {
        'idempotency-key': 'matrix',
        ...(lines === undefined ? {} : { 'content-type': 'application/jsonl' }),
      },
      ...(key === undefined ? {} : { key }),
      ...(body === undefined ? {} : { body }),
      ...(lines === undefined ? {} : { body: lines }),
    });
  const statusOf = async (key?: string) => (await ask(key)).status;

  it('needs a key, unless it is public', async () => {
    expect(await statusOf()).toBe(scope === 'public' ? line.owner : 401);
  });

  it('needs its scope and takes no other for it', async () => {
    const others = SCOPES.filter((one) => one !== scope);
    const answer = await ask(await api.issueKey(others, 'owner'));
    expect([answer.status, answer.body?.['detail']]).toEqual(
      needed ? [403, `The route asks for the scope ${needed}.`] : [line.owner, undefined],
    );
  });

  it('is closed to the bootstrap key, unless it manages keys', async () => {
    const open = ['public', 'any-key', 'admin'].includes(scope);
    expect(await statusOf(ADMIN_KEY)).toBe(open ? line.owner : 403);
  });

  it("shows another client nothing of the owner's, and lets it do nothing to it", async () => {
    const answer = await ask(await api.issueKey([needed ?? 'audit:read'], 'stranger'));
    expect(answer.status).toBe(line.stranger);
    const secrets = [own.granted, own.unknown, own.batch, REFERENCE];
    expect(secrets.filter((text) => answer.text.includes(text))).toEqual([]);
    const stored = await api.database.query<{ status: string }>(
      'SELECT status FROM authorizations WHERE id = ANY($1) ORDER BY status',
      [[own.granted, own.unknown]],
    );
    expect(stored.map(({ status }) => status)).toEqual(['authorized', 'unknown']);
    const batch = await api.database.query('SELECT status FROM batches WHERE id = $1', [own.batch]);
    expect(batch).toEqual([{ status: 'running' }]);
  });

  it('serves the owner', async () => {
    expect(await statusOf(await api.issueKey([needed ?? 'audit:read'], 'owner'))).toBe(line.owner);
  });
});
