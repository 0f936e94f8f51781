import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apply, EXAMPLE, someone, type AuthorizationBody } from './support/applications.js';
import { ADMIN_KEY, startTestApi, type Answer, type TestApi } from './support/test-api.js';

const ID = '01900000-0000-7000-8000-000000000001';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('a key', () => {
  const status = async (key: string, headers = {}) =>
    (await api.request('/v1/errors', { key, headers })).status;

  it.each([
    'zma_',
    'zma_00000000000000000000001wqgBs',
    'zma_00000000000000000000001wqgBt',
    `${ADMIN_KEY}0`,
    ADMIN_KEY.slice(0, -1),
  ])('%s is unknown', async (key) => {
    const { status, headers } = await api.request('/v1/errors', { key });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  it('is read from the header of any letter case, and from nowhere else', async () => {
    const key = await api.issueKey(['batches:read']);
    const ask = async (authorization: string) =>
      (await api.request(`/v1/errors?key=${key}`, { headers: { authorization } })).status;
    expect([await ask(`bearer ${key}`), await ask(`Basic ${key}`), await ask(key)]).toEqual([
      200, 401, 401,
    ]);
  });

  it('ends when it is revoked', async () => {
    const issued = await api.request<{ id: string; key: string }>('/v1/api-keys', {
      method: 'POST',
      key: ADMIN_KEY,
      body: { name: 'short', scopes: ['batches:read'] },
    });
    const { id, key } = issued.body;
    expect(await status(key)).toBe(200);
    const revoke = () => api.request(`/v1/api-keys/${id}`, { method: 'DELETE', key: ADMIN_KEY });
    expect((await revoke()).status).toBe(204);
    expect(await status(key)).toBe(401);
    expect((await revoke()).status).toBe(204);
  });

  it('ends when it expires', async () => {
    const key = await api.issueKey(['batches:read'], 'expiring');
    await api.database.query(
      "UPDATE api_keys SET expires_at = now() - interval '1 s' WHERE client_id = (SELECT id FROM clients WHERE name = 'expiring')",
    );
    expect(await status(key)).toBe(401);
  });
});

describe('managing keys', () => {
  const issue = (body: object): Promise<Answer> =>
    api.request('/v1/api-keys', { method: 'POST', key: ADMIN_KEY, body });

  it('shows a key once, and afterwards its first characters', async () => {
    const { status, body } = await issue({
      name: 'crm-1',
      clientName: 'crm',
      scopes: ['tokens:read', 'authorizations:read'],
      expiresAt: '2099-01-01T08:00:00+08:00',
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      key: expect.stringMatching(/^zma_[0-9A-Za-z]{28}$/),
      name: 'crm-1',
      clientId: expect.any(String),
      clientName: 'crm',
      displayPrefix: String(body['key']).slice(0, 10),
      scopes: ['tokens:read', 'authorizations:read'],
      expiresAt: '2099-01-01T00:00:00.000Z',
      lastUsedAt: null,
      revokedAt: null,
      createdAt: expect.any(String),
    });
    const { key, ...shown } = body;
    const list = await api.request<{ items: unknown[] }>('/v1/api-keys?limit=1', {
      key: ADMIN_KEY,
    });
    expect(list.body).toEqual({ items: [shown], nextCursor: expect.any(String) });
    expect(list.text).not.toContain(String(key));
    const again = await issue({ name: 'crm-2', clientId: body['clientId'], scopes: ['admin'] });
    expect(again.body['clientName']).toBe('crm');
  });

  it('gives a key that names no client the client of its own name', async () => {
    const [first, second] = [
      await issue({ name: 'alone', scopes: ['admin'] }),
      await issue({ name: 'alone', scopes: ['admin'] }),
    ];
    expect(first.body['clientName']).toBe('alone');
    expect(second.body['clientId']).toBe(first.body['clientId']);
  });

  it.each([
    [{ scopes: ['admin'] }, 'name REQUIRED'],
    [{ name: 'x', scopes: [] }, 'scopes TOO_SMALL'],
    [{ name: 'x', scopes: ['root'] }, 'scopes.0 INVALID_VALUE'],
    [{ name: 'x', scopes: ['admin', 'admin'] }, 'scopes CUSTOM'],
    [{ name: 'x', scopes: ['admin'], clientId: ID }, 'clientId UNKNOWN_CLIENT'],
    [{ name: 'x', scopes: ['admin'], clientId: ID, clientName: 'y' }, 'clientName CUSTOM'],
    [{ name: 'x', scopes: ['admin'], expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt EXPIRED'],
  ])('refuses %j', async (body, issue_) => {
    const answer = await issue(body);
    const issues = answer.body['issues'] as { field: string; code: string }[];
    expect([answer.status, ...issues.map(({ field, code }) => `${field} ${code}`)]).toEqual([
      400,
      issue_,
    ]);
  });

  it('notes when a key was used', async () => {
    const key = await api.issueKey(['authorizations:read'], 'used');
    const lastUse = async () =>
      api.database.query<{ used: boolean }>(
        "SELECT last_used_at IS NOT NULL AS used FROM api_keys JOIN clients c ON c.id = client_id WHERE c.name = 'used'",
      );
    expect(await lastUse()).toEqual([{ used: false }]);
    await api.request('/v1/authorizations', { key });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await lastUse()).toEqual([{ used: true }]);
  });
});

describe("another client's authorisation", () => {
  it('does not exist', async () => {
    const scopes = ['authorizations:write', 'authorizations:read', 'tokens:read'];
    const owner = await api.issueKey(scopes, 'owner');
    const stranger = await api.issueKey(scopes, 'stranger');
    const { body } = await apply(api, owner, 'k-1', EXAMPLE);
    const seen = async (key: string) => {
      const answers = await Promise.all([
        api.request(`/v1/authorizations/${body.id}`, { key }),
        api.request(`/v1/authorizations/${body.id}/token`, { key }),
      ]);
      return answers.map(({ status }) => status);
    };
    expect(await seen(owner)).toEqual([200, 200]);
    expect(await seen(stranger)).toEqual([404, 404]);
    const list = (key: string) =>
      api.request<{ items: AuthorizationBody[] }>('/v1/authorizations', { key });
    expect((await list(owner)).body.items.map(({ id }) => id)).toEqual([body.id]);
    expect((await list(stranger)).body.items).toEqual([]);
  });
});

describe('listing', () => {
  it('goes through everything, newest first, page by page, by any filter', async () => {
    const key = await api.issueKey(['authorizations:write', 'authorizations:read'], 'lister');
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const mobile = index === 2 ? '13800000005' : '13588111111';
      const reference = `r-${index % 2}`;
      const merchant = `208872163086941${index}`;
      const { body } = await apply(
        api,
        key,
        `l-${index}`,
        someone({ mobile, reference, linkedMerchantId: merchant }),
      );
      ids.unshift(body.authorizationId ?? body.id);
    }
    const page = async (query: string) => {
      const { body } = await api.request<{ items: AuthorizationBody[]; nextCursor: string | null }>(
        `/v1/authorizations?${query}`,
        { key },
      );
      return { ids: body.items.map(({ id }) => id), next: body.nextCursor };
    };
    const first = await page('limit=2');
    const second = await page(`limit=2&cursor=${first.next}`);
    const third = await page(`limit=2&cursor=${second.next}`);
    expect([...first.ids, ...second.ids, ...third.ids]).toEqual(ids);
    expect(third.next).toBe(null);
    expect(await page('')).toEqual({ ids, next: null });
    expect((await page('status=rejected')).ids).toEqual([ids[2]]);
    expect((await page('reference=r-1')).ids).toEqual([ids[1], ids[3]]);
    expect((await page('linkedMerchantId=2088721630869414')).ids).toEqual([ids[0]]);
    expect((await page('status=authorized&reference=r-0&limit=1')).ids).toEqual([ids[0]]);
  });

  it.each(['limit=0', 'limit=201', 'cursor=x', 'status=canary', 'certNo=330701199901011311'])(
    'refuses %s',
    async (query) => {
      const key = await api.issueKey(['authorizations:read']);
      const { status, body, text } = await api.request(`/v1/authorizations?${query}`, { key });
      expect([status, body['code']]).toEqual([400, 'invalid-request']);
      expect(text).not.toMatch(/canary|330701199901011311/);
    },
  );
});
