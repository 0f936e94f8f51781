import { afterEach, describe, expect, it } from '@jest/globals';
import { apply, someone, type Problem } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';

let api: TestApi;

afterEach(() => api.close());

const SCOPES = ['authorizations:write', 'authorizations:read'];
const UNMATCHED = '13800000005';

const list = (key: string, headers: Record<string, string> = {}) =>
  api.request<Problem>('/v1/authorizations', { key, headers });

async function until<T>(probe: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    const value = await probe();
    if (wanted(value) || performance.now() - startedAt > 5_000) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the requests of a key', () => {
  it('are limited on each route, and each answer says what is left', async () => {
    api = await startTestApi({ RATE_LIMIT_REQUESTS: '2' });
    const key = await api.issueKey(SCOPES);
    const first = await list(key);
    expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=2;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"requests";r=1;t=(60|59)$/);
    expect((await list(key)).status).toBe(200);
    const refused = await list(key);
    expect([refused.status, refused.body.code]).toEqual([429, 'rate-limited']);
    expect(refused.headers.get('ratelimit')).toMatch(/^"requests";r=0;t=\d+$/);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
    expect((await apply(api, key, 'k-1', someone())).status).toBe(201);
    expect((await list(await api.issueKey(SCOPES))).status).toBe(200);
  });

  it('are counted over all instances, under hashes alone', async () => {
    api = await startTestApi({ RATE_LIMIT_REQUESTS: '3' });
    const key = await api.issueKey(SCOPES);
    const other = await startTestApi({ RATE_LIMIT_REQUESTS: '3' }, { beside: api });
    await list(key);
    await list(key);
    const rows = await until(
      () =>
        api.database.query<{ key: string; points: number }>('SELECT key, points FROM rate_limits'),
      (found) => found.some(({ points }) => points === 2),
    );
    expect(rows.filter(({ key: name }) => !/^requests:[\da-f]{64}$/.test(name))).toEqual([]);
    const ask = () => other.request('/v1/authorizations', { key });
    expect((await ask()).status).toBe(200);
    const { status } = await until(ask, (answer) => answer.status === 429);
    await other.close();
    expect(status).toBe(429);
  });
});

describe('applications', () => {
  it('for people who do not exist are limited for a client, not for others', async () => {
    api = await startTestApi({ RATE_LIMIT_UNMATCHED: '2' });
    const key = await api.issueKey(SCOPES);
    for (const name of ['k-1', 'k-2']) {
      expect((await apply(api, key, name, someone({ mobile: UNMATCHED }))).status).toBe(422);
    }
    const refused = await apply(api, key, 'k-3', someone());
    expect([refused.status, refused.body.code]).toEqual([429, 'rate-limited']);
    expect(refused.headers.get('ratelimit-policy')).toBe('"unmatched";q=2;w=3600');
    expect(api.sandbox.ledger().requests).toHaveLength(2);
    expect((await apply(api, await api.issueKey(SCOPES), 'k-1', someone())).status).toBe(201);
  });

  it('for one person are limited, once they reached the person', async () => {
    api = await startTestApi({ RATE_LIMIT_SUBJECT: '2' });
    const key = await api.issueKey(SCOPES);
    const person = someone({ confirmReapplication: true });
    api.sandbox.addScenario({ times: 2, then: { subCode: 'isv.app-call-limited', code: '40005' } });
    const answers: number[] = [];
    for (const name of ['k-1', 'k-1', 'k-1', 'k-2', 'k-3']) {
      answers.push((await apply(api, key, name, person)).status);
    }
    expect(answers).toEqual([503, 503, 201, 201, 429]);
    expect((await apply(api, key, 'k-4', someone())).status).toBe(201);
  });
});

describe('keys that are not valid', () => {
  const WRONG = 'zma_0000000000000000000000000000000000';

  it('are limited by address, and do not shut out those who were let in before', async () => {
    api = await startTestApi({ RATE_LIMIT_FAILED_LOGINS: '2' });
    const key = await api.issueKey(SCOPES);
    const unused = await api.issueKey(SCOPES);
    expect((await list(key)).status).toBe(200);
    expect([(await list(WRONG)).status, (await list(WRONG)).status]).toEqual([401, 401]);
    expect((await list(WRONG)).status).toBe(429);
    expect((await list(unused)).status).toBe(429);
    expect((await list(key)).status).toBe(200);
    // Nobody is believed who names another address.
    expect((await list(WRONG, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(429);
  });

  it('count for the address that a trusted proxy names', async () => {
    api = await startTestApi({
      RATE_LIMIT_FAILED_LOGINS: '1',
      TRUSTED_PROXIES: '127.0.0.0/8, ::1',
    });
    const from = (address: string) => list(WRONG, { 'x-forwarded-for': address });
    expect((await from('192.0.2.1')).status).toBe(401);
    expect([(await from('192.0.2.1')).status, (await from('192.0.2.2')).status]).toEqual([
      429, 401,
    ]);
  });
});

describe('lists', () => {
  it.each([
    ['200', 200],
    ['201', 400],
  ])('of %s are answered with %i', async (limit, status) => {
    api = await startTestApi();
    const key = await api.issueKey(SCOPES);
    expect((await api.request(`/v1/authorizations?limit=${limit}`, { key })).status).toBe(status);
  });
});
