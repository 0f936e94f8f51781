import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BatchView } from '../src/batches/batch-view.js';
import { someone, type AuthorizationBody } from './support/applications.js';
import { batchOf, itemsOf, jsonLines, upload, untilEnded } from './support/batches.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { until } from './support/until.js';

const SCOPES = [
  'batches:write',
  'batches:read',
  'authorizations:read',
  'authorizations:write',
  'authorizations:resolve',
  'audit:read',
];
/** A person of whom Alipay knows nothing. */
const UNKNOWN_PERSON = '13800000005';
const QUICK = { SWEEP_INTERVAL_MS: '100', ALIPAY_TIMEOUT_MS: '2000', ATTEMPT_MARGIN_MS: '500' };

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi(QUICK);
});
beforeEach(async () => {
  key = await api.issueKey(SCOPES);
});
afterEach(() => api.reset());
afterAll(() => api.close());

let batches = 0;

async function submit(bodies: readonly unknown[]): Promise<string> {
  batches += 1;
  const { status, body } = await upload(api, key, `batch-${batches}`, jsonLines(bodies));
  expect(status).toBe(201);
  return body.id;
}

const people = (count: number, changes: Record<string, unknown> = {}) =>
  Array.from({ length: count }, () => someone(changes));

const steer = (id: string, action: 'pause' | 'resume' | 'cancel') =>
  api.request<BatchView>(`/v1/batches/${id}/${action}`, { method: 'POST', key });

const calls = () => api.sandbox.ledger().requests.length;

/** When no worker is or will be at any lane. */
const untilIdle = () =>
  until(async () => {
    const jobs = await api.database.query("SELECT 1 FROM pgboss.job WHERE state <= 'active'");
    return jobs.length === 0;
  });

const counted = ({ counts }: BatchView) =>
  Object.fromEntries(Object.entries(counts).filter(([, lines]) => lines > 0));

describe('the lines of a batch', () => {
  it('end as their applications do, and the batch with the last one', async () => {
    const twice = someone({ reference: 'twice' });
    const id = await submit([
      ...people(40),
      someone({ mobile: UNKNOWN_PERSON, reference: 'nobody' }),
      twice,
      twice,
      { ...someone(), mobile: '' },
    ]);
    const batch = await untilEnded(api, key, id);
    expect([batch.status, batch.lineCount, counted(batch)]).toEqual([
      'completed',
      44,
      { authorized: 41, rejected: 1, refused: 1, invalid: 1 },
    ]);
    expect(calls()).toBe(42);
    const items = await itemsOf(api, key, id);
    expect(items[40]).toMatchObject({
      status: 'rejected',
      reference: 'nobody',
      code: 'application-rejected',
      gateway: { code: '40004', subCode: 'NO_USER_ERROR', class: 'end-user' },
    });
    const [granted, refused] = ['authorized', 'refused'].map((status) =>
      items.find((item) => item.reference === 'twice' && item.status === status),
    );
    expect(refused).toMatchObject({
      code: 'already-authorized',
      authorizationId: granted?.authorizationId,
    });
    const { body } = await api.request<AuthorizationBody>(
      `/v1/authorizations/${granted?.authorizationId}`,
      { key },
    );
    expect([body.status, body.reference]).toEqual(['authorized', 'twice']);
    expect(
      await api.database.query('SELECT 1 FROM batch_lines WHERE application_cell IS NOT NULL'),
    ).toEqual([]);
    const { text } = await api.request('/metrics');
    expect(text).toMatch(/^zhimaper_batch_lines_total\{status="authorized"\} 41$/m);
    expect(text).toMatch(/^zhimaper_batch_lines_waiting 0$/m);
    expect(text).toMatch(/^zhimaper_batches_open\{status="running"\} 0$/m);
  });

  it('whose outcome nobody knows are unknown, and what they stand in the way of is refused', async () => {
    const person = someone();
    api.sandbox.addScenario({ times: 1, then: { resetAfter: true } });
    const id = await submit([person]);
    expect(counted(await untilEnded(api, key, id))).toEqual({ unknown: 1 });
    const [line] = await itemsOf(api, key, id);
    expect(line).toMatchObject({ status: 'unknown', code: 'unknown-outcome' });
    batches += 1;
    const again = await upload(api, key, `batch-${batches}`, jsonLines([person]));
    expect(counted(await untilEnded(api, key, again.body.id))).toEqual({ refused: 1 });
    expect(await itemsOf(api, key, again.body.id)).toMatchObject([
      { code: 'unresolved-application', authorizationId: line?.authorizationId },
    ]);
    expect(calls()).toBe(1);
  });

  it('carry the request that brought them through the audit trail, also beside others', async () => {
    const ids = [await submit(people(30)), await submit(people(30))];
    for (const id of ids) await untilEnded(api, key, id);
    const [row] = await api.database.query<{ events: number; same: boolean }>(
      `SELECT count(*)::int AS events,
         bool_and(e.request_id = b.request_id::text AND e.api_key_id = b.api_key_id) AS same
       FROM audit_events e JOIN batch_lines l ON l.authorization_id = e.authorization_id
         JOIN batches b ON b.id = l.batch_id`,
    );
    expect(row).toEqual({ events: 120, same: true });
  });

  it('for people who are authorised already are refused, each with what is in its way', async () => {
    const bodies = people(50);
    await untilEnded(api, key, await submit(bodies));
    batches += 1;
    const others = [...bodies, ...people(10)];
    const { body } = await upload(api, key, `batch-${batches}`, jsonLines(others));
    expect(counted(await untilEnded(api, key, body.id))).toEqual({ authorized: 10, refused: 50 });
    const refused = (await itemsOf(api, key, body.id)).filter(({ status }) => status === 'refused');
    expect(new Set(refused.map(({ authorizationId }) => authorizationId)).size).toBe(50);
    expect(calls()).toBe(60);
  });

  it('that cannot be decrypted end after some tries, and hold up none of the others', async () => {
    api.sandbox.addScenario({ then: { delayMs: 300 } });
    const id = await submit(people(80));
    await steer(id, 'pause');
    await untilIdle();
    const [spoiled] = await api.database
      .query<{ number: number }>(
        `UPDATE batch_lines SET application_cell = set_bit(application_cell, 200, 1 - get_bit(application_cell, 200))
       WHERE number = (SELECT max(number) FROM batch_lines WHERE status = 'waiting') RETURNING number`,
      )
      .then(([rows]) => rows as unknown as { number: number }[]);
    await steer(id, 'resume');
    expect(counted(await untilEnded(api, key, id))).toEqual({ authorized: 79, failed: 1 });
    const item = (await itemsOf(api, key, id))[spoiled!.number - 1];
    expect(item).toMatchObject({ status: 'failed', code: 'unreadable-cell' });
    expect(api.lines.filter((line) => line.includes('a line of a batch failed')).length).toBe(4);
  });
});

describe('a batch', () => {
  it('is paused, resumed and cancelled while it runs; what was under way is finished', async () => {
    api.sandbox.addScenario({ then: { delayMs: 200 } });
    const id = await submit(people(300));
    await until(() => calls() > 20);
    expect((await steer(id, 'pause')).body).toMatchObject({
      status: 'paused',
      pauseReason: 'requested',
    });
    await untilIdle();
    const still = calls();
    expect(still).toBeLessThan(300);
    const paused = await batchOf(api, key, id);
    expect(counted(paused)).toEqual({ waiting: 300 - still, authorized: still });
    await steer(id, 'resume');
    await until(() => calls() > still);
    expect((await steer(id, 'cancel')).body.status).toBe('cancelled');
    const cancelled = await untilEnded(api, key, id);
    const { authorized = 0, cancelled: lines = 0, waiting = 0 } = cancelled.counts;
    expect([authorized, authorized + lines, waiting]).toEqual([calls(), 300, 0]);
    expect(lines).toBeGreaterThan(0);
    expect((await steer(id, 'resume')).status).toBe(409);
  });

  it('that is cancelled tells of lines that were applied for by a process that died since', async () => {
    const worker = await startTestApi({ ...QUICK, BATCH_CONCURRENCY: '0' }, { beside: api });
    await worker.close();
    api.sandbox.addScenario({ times: 1, then: { delayMs: 400 } });
    const id = await submit(people(1));
    await until(() => calls() === 1);
    // As if nobody had been there to write it down.
    await until(async () => (await batchOf(api, key, id)).counts.authorized === 1);
    await api.database.query(
      `WITH l AS (UPDATE batch_lines SET status = 'waiting', application_cell = '\\x00', ended_at = NULL,
         authorization_id = NULL RETURNING batch_id), c AS (DELETE FROM batch_counts)
       UPDATE batches SET status = 'paused', pause_reason = 'requested', ended_at = NULL WHERE id IN (SELECT batch_id FROM l)`,
    );
    await steer(id, 'cancel');
    expect(counted(await untilEnded(api, key, id))).toEqual({ authorized: 1 });
  });

  it('pauses itself when Alipay refuses the service, and goes on when somebody says so', async () => {
    api.sandbox.addScenario({ then: { subCode: 'isv.invalid-signature', code: '40002' } });
    const id = await submit(people(100));
    const paused = await until(async () => {
      const batch = await batchOf(api, key, id);
      return batch.status === 'paused' && batch;
    });
    expect(paused).toMatchObject({ pauseReason: 'gateway-refused' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    // What was under way at once, in each of the lanes that the process was at.
    expect(calls()).toBeLessThanOrEqual(2 * 16);
    expect(counted(await batchOf(api, key, id))).toEqual({ waiting: 100 });
    api.sandbox.reset();
    await steer(id, 'resume');
    expect(counted(await untilEnded(api, key, id))).toEqual({ authorized: 100 });
    const { body } = await api.request<{ items: { action: string; actor: string }[] }>(
      '/v1/audit-events?action=batch.paused',
      { key },
    );
    expect(body.items).toMatchObject([{ action: 'batch.paused' }]);
  });

  it('waits longer and longer while Alipay limits the service, then recovers', async () => {
    api.sandbox.addScenario({ then: { subCode: 'isv.app-call-limited' } });
    const id = await submit(people(60));
    const held = () =>
      api.lines
        .filter((line) => line.includes('a batch is held up'))
        .map((line) => JSON.parse(line) as { code: string; seconds: number });
    await until(() => held().length >= 3);
    expect(new Set(held().map(({ code }) => code))).toEqual(new Set(['gateway-rate-limited']));
    expect(
      held()
        .map(({ seconds }) => Math.round(seconds))
        .slice(0, 3),
    ).toEqual([1, 2, 4]);
    expect((await batchOf(api, key, id)).retryAt).not.toBeNull();
    api.sandbox.reset();
    expect(counted(await untilEnded(api, key, id))).toEqual({ authorized: 60 });
  });
});
