import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apply, EXAMPLE } from './support/applications.js';
import { ADMIN_KEY, startTestApi, type TestApi } from './support/test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(() => api.reset());
afterAll(() => api.close());

const UUID = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/);

const rows = () =>
  api.database.query<Record<string, unknown>>(
    `SELECT action, actor, api_key_id, client_id, authorization_id, request_id, outcome_class, sub_code, details
     FROM audit_events ORDER BY position, id`,
  );

describe('what is done', () => {
  it('is written down with the change: keys, applications, outcomes, reveals', async () => {
    const issued = await api.request<{ id: string; key: string; clientId: string }>(
      '/v1/api-keys',
      {
        method: 'POST',
        key: ADMIN_KEY,
        body: {
          name: 'crm',
          scopes: ['authorizations:write', 'tokens:read'],
          expiresAt: '2099-01-01T00:00:00Z',
        },
      },
    );
    const { id: apiKeyId, key, clientId } = issued.body;
    const granted = await apply(api, key, 'k-1', EXAMPLE);
    const id = granted.body.id;
    await apply(api, key, 'k-1', EXAMPLE);
    await api.request(`/v1/authorizations/${id}/token`, { key });
    for (let time = 0; time < 2; time += 1) {
      await api.request(`/v1/api-keys/${apiKeyId}`, { method: 'DELETE', key: ADMIN_KEY });
    }
    const own = { actor: 'api-key', api_key_id: apiKeyId, client_id: clientId };
    const admin = { actor: 'bootstrap', api_key_id: null, client_id: clientId };
    const none = { outcome_class: null, sub_code: null };
    const attempt = { attemptId: UUID };
    expect(await rows()).toEqual([
      {
        action: 'api-key.created',
        ...admin,
        ...none,
        authorization_id: null,
        request_id: issued.headers.get('x-request-id'),
        details: {
          apiKeyId,
          scopes: ['authorizations:write', 'tokens:read'],
          expiresAt: '2099-01-01T00:00:00.000Z',
        },
      },
      {
        action: 'authorization.applied',
        ...own,
        ...none,
        authorization_id: id,
        request_id: granted.headers.get('x-request-id'),
        details: attempt,
      },
      {
        action: 'authorization.settled',
        ...own,
        authorization_id: id,
        request_id: granted.headers.get('x-request-id'),
        outcome_class: 'success',
        sub_code: null,
        details: { ...attempt, status: 'authorized' },
      },
      {
        action: 'authorization.revealed',
        ...own,
        ...none,
        authorization_id: id,
        request_id: UUID,
        details: {},
      },
      {
        action: 'api-key.revoked',
        ...admin,
        ...none,
        authorization_id: null,
        request_id: UUID,
        details: { apiKeyId },
      },
    ]);
  });

  it('is written down for each attempt, with what the gateway meant', async () => {
    const key = await api.issueKey(['authorizations:write']);
    api.sandbox.addScenario({ times: 1, then: { subCode: 'isv.app-call-limited', code: '40005' } });
    api.sandbox.addScenario({ times: 1, then: { subCode: 'NO_USER_ERROR' } });
    await apply(api, key, 'k-1', EXAMPLE);
    await apply(api, key, 'k-1', EXAMPLE);
    const told = (await rows()).slice(1);
    expect(
      told.map(({ action, outcome_class, sub_code }) => [action, outcome_class, sub_code]),
    ).toEqual([
      ['authorization.applied', null, null],
      ['authorization.settled', 'rate-limited', 'isv.app-call-limited'],
      ['authorization.applied', null, null],
      ['authorization.settled', 'end-user', 'NO_USER_ERROR'],
    ]);
    expect(
      new Set(told.map(({ details }) => (details as { attemptId: string }).attemptId)).size,
    ).toBe(2);
  });

  it('is not written down where it is undone', async () => {
    const key = await api.issueKey(['authorizations:write']);
    await apply(api, key, 'k-1', EXAMPLE);
    const before = (await rows()).length;
    await apply(api, key, 'k-2', { ...EXAMPLE, reference: 'other' });
    await apply(api, key, 'k-1', { ...EXAMPLE, reference: 'other' });
    expect((await rows()).length).toBe(before);
  });
});

describe('when it cannot be written down', () => {
  const forbidAudit = () =>
    api.database.query('ALTER TABLE audit_events ADD CONSTRAINT nothing CHECK (false) NOT VALID');
  const allowAudit = () => api.database.query('ALTER TABLE audit_events DROP CONSTRAINT nothing');

  it('nothing is done: no token is revealed, no call made, no key issued or revoked', async () => {
    const key = await api.issueKey(['authorizations:write', 'tokens:read']);
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    await forbidAudit();
    try {
      const revealed = await api.request(`/v1/authorizations/${body.id}/token`, { key });
      expect([revealed.status, revealed.body['code']]).toEqual([500, 'internal-error']);
      const [token] = api.sandbox.ledger().tokens;
      expect(revealed.text).not.toContain(token!.accessToken);
      const applied = await apply(api, key, 'k-2', { ...EXAMPLE, linkedMerchantId: '1' });
      expect(applied.status).toBe(500);
      const issued = await api.request('/v1/api-keys', {
        method: 'POST',
        key: ADMIN_KEY,
        body: { name: 'crm', scopes: ['admin'] },
      });
      expect(issued.status).toBe(500);
    } finally {
      await allowAudit();
    }
    expect(api.sandbox.ledger().requests).toHaveLength(1);
    expect(await api.database.query('SELECT name FROM api_keys')).toHaveLength(1);
    expect(await api.database.query('SELECT 1 FROM attempts')).toHaveLength(1);
  });
});

describe('the audit trail', () => {
  it.each([
    'UPDATE audit_events SET action = action',
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'UPDATE audit_seals SET events = 1',
    'DELETE FROM audit_seals',
    'TRUNCATE audit_seals',
  ])('refuses %s, to the owner too', async (sql) => {
    await api.issueKey(['audit:read']);
    await expect(api.database.query(sql)).rejects.toThrow(
      /rows of audit_(events|seals) are never changed or removed/,
    );
  });
});

describe('GET /v1/audit-events', () => {
  interface Event {
    id: string;
    action: string;
    clientId: string | null;
    apiKeyId: string | null;
    authorizationId: string | null;
  }
  const list = async (key: string, query = '') => {
    const { status, body } = await api.request<{ items: Event[]; nextCursor: string | null }>(
      `/v1/audit-events?${query}`,
      { key },
    );
    return { status, items: body.items, next: body.nextCursor };
  };

  it("shows a client's own events, newest first, page by page, by any filter", async () => {
    const scopes = ['audit:read', 'authorizations:write', 'tokens:read'];
    const key = await api.issueKey(scopes, 'acme');
    const sibling = await api.issueKey(['tokens:read'], 'acme');
    const stranger = await api.issueKey(scopes, 'other');
    await apply(api, stranger, 'k-1', EXAMPLE);
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    await api.request(`/v1/authorizations/${body.id}/token`, { key: sibling });
    const all = await list(key);
    expect(all.items.map(({ action }) => action)).toEqual([
      'authorization.revealed',
      'authorization.settled',
      'authorization.applied',
      'api-key.created',
      'api-key.created',
    ]);
    expect(new Set(all.items.map(({ clientId }) => clientId)).size).toBe(1);
    expect(all.items[0]).toEqual({
      id: UUID,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      action: 'authorization.revealed',
      actor: 'api-key',
      apiKeyId: UUID,
      clientId: UUID,
      authorizationId: body.id,
      requestId: UUID,
      outcomeClass: null,
      subCode: null,
      details: {},
    });
    const ids = all.items.map(({ id }) => id);
    const first = await list(key, 'limit=3');
    const second = await list(key, `limit=3&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.next).toBe(null);
    const found = async (query: string) => (await list(key, query)).items.map(({ id }) => id);
    expect(await found('action=api-key.created')).toEqual(ids.slice(3));
    expect(await found(`authorizationId=${body.id}`)).toEqual(ids.slice(0, 3));
    expect(await found(`apiKeyId=${all.items[0]!.apiKeyId}`)).toEqual(ids.slice(0, 1));
    expect(await found('from=2020-01-01T00:00:00Z&to=2099-01-01T08:00:00%2B08:00')).toEqual(ids);
    expect(await found('to=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await found('from=2099-01-01T00:00:00Z')).toEqual([]);
  });

  it('shows all events to an operator who asks for them', async () => {
    const reader = await api.issueKey(['audit:read'], 'acme');
    const operator = await api.issueKey(['audit:read', 'admin'], 'operators');
    expect((await list(reader)).items).toHaveLength(1);
    expect((await list(operator)).items).toHaveLength(1);
    expect((await list(operator, 'allClients=true')).items).toHaveLength(2);
    expect((await list(reader, 'allClients=true')).status).toBe(403);
  });

  it.each(['action=canary', 'limit=201', 'authorizationId=1', 'from=yesterday', 'allClients=1'])(
    'refuses %s',
    async (query) => {
      const key = await api.issueKey(['audit:read']);
      expect((await list(key, query)).status).toBe(400);
    },
  );
});
