import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { apply, EXAMPLE, someone } from './support/applications.js';
import { until } from './support/until.js';
import { startTestApi, type TestApi } from './support/test-api.js';

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  await api.reset();
  key = await api.issueKey(['authorizations:write'], 'acme');
});
afterAll(() => api.close());

const calls = () => api.sandbox.ledger().requests.length;
const rows = async (table: string) => (await api.database.query(`SELECT 1 FROM ${table}`)).length;

describe('60 posts at once', () => {
  it('with one key make one gateway call', async () => {
    api.sandbox.addScenario({ then: { delayMs: 300 } });
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => apply(api, key, 'k-1', EXAMPLE)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([201, 409]));
    expect(answers.filter((a) => a.headers.get('idempotent-replayed') === null).length).toBe(
      1 + statuses.filter((status) => status === 409).length,
    );
    const late = answers.find(({ status }) => status === 409)!;
    expect(late.body.code).toBe('application-in-flight');
    expect(late.headers.get('retry-after')).toBe('2');
    expect(calls()).toBe(1);
    expect((await apply(api, key, 'k-1', EXAMPLE)).headers.get('idempotent-replayed')).toBe('true');
    expect([await rows('authorizations'), await rows('attempts')]).toEqual([1, 1]);
  });

  it('with 60 keys for one person make one gateway call', async () => {
    api.sandbox.addScenario({ then: { delayMs: 300 } });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => apply(api, key, `k-${index}`, EXAMPLE)),
    );
    const granted = answers.filter(({ status }) => status === 201);
    expect(granted).toHaveLength(1);
    const codes = new Set(answers.filter((a) => a.status === 409).map(({ body }) => body.code));
    expect([...codes].filter((code) => code !== 'already-authorized')).toEqual([
      'unresolved-application',
    ]);
    expect(calls()).toBe(1);
    expect([await rows('authorizations'), await rows('idempotency_keys')]).toEqual([1, 1]);
  });

  it('again after a failure make one gateway call more', async () => {
    api.sandbox.addScenario({ times: 1, then: { subCode: 'isv.app-call-limited', code: '40005' } });
    expect((await apply(api, key, 'k-1', EXAMPLE)).status).toBe(503);
    api.sandbox.addScenario({ then: { delayMs: 300 } });
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => apply(api, key, 'k-1', EXAMPLE)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    expect(calls()).toBe(2);
  });
});

describe('an Idempotency-Key', () => {
  it('is required, visible, and at most 255 characters', async () => {
    const post = (headers: Record<string, string>) =>
      api.request('/v1/authorizations', { method: 'POST', key, headers, body: EXAMPLE });
    const codes = await Promise.all(
      [
        {},
        { 'idempotency-key': '' },
        { 'idempotency-key': 'a b' },
        { 'idempotency-key': 'ü' },
        { 'idempotency-key': 'x'.repeat(256) },
      ].map(async (headers: Record<string, string>) => {
        const { status, body } = await post(headers);
        return [status, body['code']];
      }),
    );
    expect(codes).toEqual([
      [400, 'idempotency-key-required'],
      [400, 'idempotency-key-required'],
      [400, 'idempotency-key-invalid'],
      [400, 'idempotency-key-invalid'],
      [400, 'idempotency-key-invalid'],
    ]);
    expect((await post({ 'idempotency-key': 'x'.repeat(255) })).status).toBe(201);
  });

  it('does not stand for another payload', async () => {
    await apply(api, key, 'k-1', EXAMPLE);
    const { status, body } = await apply(api, key, 'k-1', { ...EXAMPLE, reference: 'crm-4712' });
    expect([status, body.code]).toEqual([422, 'idempotency-key-reused']);
    expect(calls()).toBe(1);
  });

  it('stands for the same payload in another order and with white space', async () => {
    const first = await apply(api, key, 'k-1', EXAMPLE);
    const reordered = Object.fromEntries(Object.entries(EXAMPLE).reverse());
    const again = await apply(api, key, 'k-1', JSON.stringify(reordered, null, 4));
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
  });

  it('is not used up by a request that was refused', async () => {
    const { status, body } = await apply(api, key, 'k-1', { ...EXAMPLE, mobile: '' });
    expect([status, body.issues]).toEqual([
      400,
      [{ field: 'mobile', code: 'MOBILE_IS_NULL', message: 'is required' }],
    ]);
    expect([await rows('idempotency_keys'), await rows('authorizations')]).toEqual([0, 0]);
    expect((await apply(api, key, 'k-1', EXAMPLE)).status).toBe(201);
  });

  it('belongs to the client, whichever of its API keys is used', async () => {
    const first = await apply(api, key, 'k-1', EXAMPLE);
    const sibling = await api.issueKey(['authorizations:write'], 'acme');
    const stranger = await api.issueKey(['authorizations:write'], 'other');
    expect((await apply(api, sibling, 'k-1', EXAMPLE)).body.id).toBe(first.body.id);
    const other = await apply(api, stranger, 'k-1', EXAMPLE);
    expect([other.status, other.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect(other.body.id).not.toBe(first.body.id);
  });

  it('may be used anew after 30 days', async () => {
    await apply(api, key, 'k-1', EXAMPLE);
    const [row] = await api.database.query<{ days: number }>(
      'SELECT extract(epoch FROM expires_at - created_at)::int / 86400 AS days FROM idempotency_keys',
    );
    expect(row).toEqual({ days: 30 });
    await api.database.query("UPDATE idempotency_keys SET expires_at = now() - interval '1 s'");
    const { status, headers } = await apply(api, key, 'k-1', someone());
    expect([status, headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect(await rows('idempotency_keys')).toBe(1);
  });
});

describe('a person', () => {
  it('with an unknown outcome is blocked for this caller alone', async () => {
    api.sandbox.addScenario({ times: 1, then: { subCode: 'SYSTEM_ERROR' } });
    const unknown = await apply(api, key, 'k-1', EXAMPLE);
    const blocked = await apply(api, key, 'k-2', { ...EXAMPLE, reference: 'crm-2' });
    expect([blocked.status, blocked.body.code]).toEqual([409, 'unresolved-application']);
    expect(blocked.body.authorizationId).toBe(unknown.body.authorizationId);
    const stranger = await api.issueKey(['authorizations:write'], 'other');
    expect((await apply(api, stranger, 'k-2', EXAMPLE)).status).toBe(201);
    const elsewhere = { ...EXAMPLE, linkedMerchantId: '2088721630869412' };
    expect((await apply(api, key, 'k-3', elsewhere)).status).toBe(201);
  });

  it('who is authorised is applied for again only if that is confirmed', async () => {
    const first = await apply(api, key, 'k-1', EXAMPLE);
    const refused = await apply(api, key, 'k-2', { ...EXAMPLE, certNo: EXAMPLE.certNo });
    expect([refused.status, refused.body.code]).toEqual([409, 'already-authorized']);
    expect(refused.body.authorizationId).toBe(first.body.id);
    expect(calls()).toBe(1);
    const confirmed = await apply(api, key, 'k-2', { ...EXAMPLE, confirmReapplication: true });
    expect(confirmed.status).toBe(201);
    expect(confirmed.body.id).not.toBe(first.body.id);
    expect(calls()).toBe(2);
  });

  it('who is authorised while the next application waits is not applied for', async () => {
    api.sandbox.addScenario({ times: 1, then: { subCode: 'SYSTEM_ERROR' } });
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    const other = new pg.Client({ connectionString: api.database.url });
    await other.connect();
    try {
      await other.query('BEGIN');
      // The place among the unresolved is free as soon as this is committed, and whoever waits for it goes on.
      await other.query(`UPDATE authorizations SET status = 'authorized' WHERE id = $1`, [
        body.authorizationId,
      ]);
      const waiting = apply(api, key, 'k-2', { ...EXAMPLE, reference: 'crm-2' });
      await until(async () => {
        const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
        return (await api.database.query(waits)).length === 1;
      });
      await other.query('COMMIT');
      const answer = await waiting;
      expect([answer.status, answer.body.code, answer.body.authorizationId]).toEqual([
        409,
        'already-authorized',
        body.authorizationId,
      ]);
      expect(calls()).toBe(1);
    } finally {
      await other.end();
    }
  });

  it('is the same one however the final x is written', async () => {
    expect((await apply(api, key, 'k-1', someone({ certNo: '11010519491231002x' }))).status).toBe(
      201,
    );
    const again = await apply(api, key, 'k-2', someone({ certNo: '11010519491231002X' }));
    expect(again.body.code).toBe('already-authorized');
  });
});
