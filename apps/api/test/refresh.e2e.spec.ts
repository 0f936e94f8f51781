import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apply, someone, type AuthorizationBody, type Problem } from './support/applications.js';
import { startHalfOpenProxy, type HalfOpenProxy } from './support/half-open-proxy.js';
import { startTestApi, type TestApi } from './support/test-api.js';

let proxy: HalfOpenProxy;
let api: TestApi;
let key: string;

const SCOPES = [
  'authorizations:write',
  'authorizations:read',
  'tokens:read',
  'tokens:refresh',
] as const;

beforeAll(async () => {
  proxy = await startHalfOpenProxy(process.env['ZHIMAPER_TEST_POSTGRES_URL']!);
  api = await startTestApi({ DATABASE_TIMEOUT_MS: '3000', SWEEP_INTERVAL_MS: '500' }, proxy);
});
beforeEach(async () => {
  proxy.mode('pass');
  await api.reset();
  key = await api.issueKey(SCOPES);
});
afterAll(async () => {
  await api.close();
  proxy.close();
});

type Body = AuthorizationBody &
  Problem & { reauthorizationRequired?: true; reauthorizationReason?: string };

const refresh = (id: string, ofKey = key) =>
  api.request<Body>(`/v1/authorizations/${id}/refresh`, { method: 'POST', key: ofKey });
const view = async (id: string) =>
  (await api.request<Body>(`/v1/authorizations/${id}`, { key })).body;
const token = async (id: string) =>
  (await api.request(`/v1/authorizations/${id}/token`, { key })).body['accessToken'];
const pairs = () => api.sandbox.ledger().tokens.map(({ accessToken }) => accessToken);
const refreshCalls = () =>
  api.sandbox.ledger().requests.filter(({ method }) => method === 'alipay.system.oauth.token')
    .length;
const attempts = () =>
  api.database.query(
    "SELECT state, outcome_class FROM attempts WHERE kind = 'refresh' ORDER BY started_at",
  );
const onRefresh = { method: 'alipay.system.oauth.token' };

async function authorize(): Promise<string> {
  const { status, body } = await apply(api, key, `k-${Math.random()}`, someone());
  expect(status).toBe(201);
  return body.id;
}

/** Asks until the answer is as wanted, ten seconds at the most. */
async function until<T>(probe: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    const value = await probe();
    if (wanted(value) || performance.now() - startedAt > 10_000) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a refresh', () => {
  it('replaces the pair, answers the authorisation without any token, and is audited', async () => {
    const id = await authorize();
    const { status, headers, body, text } = await refresh(id);
    expect([status, headers.get('idempotent-replayed')]).toEqual([200, null]);
    expect(body).toEqual({ ...(await view(id)), status: 'authorized' });
    const [, renewed] = pairs();
    expect(await token(id)).toBe(renewed);
    expect(text).not.toContain(renewed);
    expect(await attempts()).toEqual([{ state: 'finished', outcome_class: 'success' }]);
    expect(
      await api.database.query(
        `SELECT actor, outcome_class FROM audit_events WHERE action = 'authorization.refreshed'`,
      ),
    ).toEqual([{ actor: 'api-key', outcome_class: 'success' }]);
  });

  it('answers the same again a moment later without a call, and once more is made after that', async () => {
    const id = await authorize();
    await refresh(id);
    const again = await refresh(id);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect(refreshCalls()).toBe(1);
    const later = await startTestApi({ REFRESH_REPLAY_MS: '1' }, { beside: api });
    try {
      const path = `/v1/authorizations/${id}/refresh`;
      expect((await later.request(path, { method: 'POST', key })).status).toBe(200);
    } finally {
      await later.close();
    }
    expect(refreshCalls()).toBe(2);
    expect(await token(id)).toBe(pairs()[2]);
  });

  it('is made once, however many ask at once', async () => {
    const id = await authorize();
    api.sandbox.addScenario({ match: onRefresh, times: 1, then: { delayMs: 300 } });
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(id)));
    const outcomes = answers.map(({ status, body, headers }) =>
      status === 200
        ? `200 ${headers.get('idempotent-replayed')}`
        : `${status} ${body.code} ${headers.get('retry-after')}`,
    );
    expect(outcomes.filter((outcome) => outcome === '200 null')).toHaveLength(1);
    // Those that come late on a busy machine find the pair replaced.
    const others = ['409 refresh-in-flight 2', '200 true'];
    expect(outcomes.filter((outcome) => others.includes(outcome))).toHaveLength(7);
    expect(refreshCalls()).toBe(1);
  });

  it("is refused for another client's, for none and for one that was not granted", async () => {
    const id = await authorize();
    expect((await refresh(id, await api.issueKey(SCOPES))).status).toBe(404);
    expect((await refresh('01930000-0000-7000-8000-000000000001')).status).toBe(404);
    const rejected = await apply(api, key, 'k-2', someone({ mobile: '13800000005' }));
    const answer = await refresh(rejected.body.authorizationId!);
    expect([answer.status, answer.body.code]).toEqual([409, 'not-refreshable']);
    expect(refreshCalls()).toBe(0);
  });
});

describe('a refresh that Alipay refuses', () => {
  it.each([
    [{ subCode: 'isv.refresh-token-invalid', code: '40002' }, 502, 'gateway-refused'],
    [{ subCode: 'isv.app-call-limited', code: '40005' }, 503, 'gateway-rate-limited'],
  ])('leaves the pair as it was, and may be tried again: %p', async (then, status, code) => {
    const id = await authorize();
    api.sandbox.addScenario({ match: onRefresh, times: 1, then });
    const refused = await refresh(id);
    expect([refused.status, refused.body.code, refused.body.authorizationId]).toEqual([
      status,
      code,
      id,
    ]);
    expect(refused.body.detail).toBe('The token pair is as it was: nothing was refreshed.');
    expect(refused.body.gateway).toMatchObject(then);
    expect(await token(id)).toBe(pairs()[0]);
    expect(await view(id)).not.toHaveProperty('reauthorizationRequired');
    expect((await refresh(id)).status).toBe(200);
  });
});

describe('a refresh whose answer is lost', () => {
  it.each([
    [{ resetAfter: true as const }, 'connection-reset'],
    [{ unsigned: true as const }, 'unsigned-answer'],
  ])('says that the person has to be asked again, and why: %p', async (then, reason) => {
    const id = await authorize();
    api.sandbox.addScenario({ match: onRefresh, times: 1, then });
    const lost = await refresh(id);
    expect([lost.status, lost.body.code, lost.body.authorizationId]).toEqual([
      504,
      'unknown-outcome',
      id,
    ]);
    expect(await view(id)).toMatchObject({
      status: 'authorized',
      reauthorizationRequired: true,
      reauthorizationReason: reason,
    });
    const again = await refresh(id);
    expect([again.status, again.body.code]).toEqual([409, 'reauthorization-required']);
    expect(refreshCalls()).toBe(1);
    const kept = await api.database.query('SELECT kind FROM quarantined_answers');
    expect(kept).toEqual(reason === 'unsigned-answer' ? [{ kind: 'answer' }] : []);
  });

  it('says so too where the process died meanwhile', async () => {
    const id = await authorize();
    await api.database.query(
      `INSERT INTO attempts (id, authorization_id, kind, state, request_id, started_at, deadline)
       VALUES ('01930000-0000-7000-8000-000000000002', $1, 'refresh', 'started', 'r', now(), now())`,
      [id],
    );
    const shown = await until(
      () => view(id),
      ({ reauthorizationRequired }) => reauthorizationRequired === true,
    );
    expect(shown.reauthorizationReason).toBe('overdue');
  });
});

describe('a refresh whose outcome the database does not take', () => {
  it.each([['lost'], ['delivered']] as const)(
    'is kept in the spool and stored soon after: %s',
    async (request) => {
      const id = await authorize();
      const sprung = proxy.trap({ pattern: /UPDATE authorization_tokens/, request, mode: 'cut' });
      const answer = await refresh(id);
      await sprung;
      expect([answer.status, answer.body.code]).toEqual([504, 'unknown-outcome']);
      proxy.mode('pass');
      await until(attempts, (rows) => JSON.stringify(rows).includes('finished'));
      expect(await token(id)).toBe(pairs()[1]);
      expect((await refresh(id)).headers.get('idempotent-replayed')).toBe('true');
      expect(refreshCalls()).toBe(1);
    },
  );
});
