import { afterEach, describe, expect, it } from '@jest/globals';
import { apply, someone } from './support/applications.js';
import { batchOf, jsonLines, untilEnded, upload } from './support/batches.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { until } from './support/until.js';

const SCOPES = ['batches:write', 'batches:read', 'authorizations:write'];

let api: TestApi;
afterEach(() => api.close());

const people = (count: number, changes: Record<string, unknown> = {}) =>
  jsonLines(Array.from({ length: count }, () => someone(changes)));

describe('a batch', () => {
  it('keeps to the budget, and lets single applications go first', async () => {
    api = await startTestApi({ GATEWAY_CALLS_PER_SECOND: '20', GATEWAY_CALLS_BURST: '10' });
    const key = await api.issueKey(SCOPES);
    const startedAt = performance.now();
    const { body } = await upload(api, key, 'batch', people(80));
    await until(() => api.sandbox.ledger().requests.length > 20);
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) => apply(api, key, `single-${index}`, someone())),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect((await batchOf(api, key, body.id)).counts.waiting).toBeGreaterThan(0);
    const batch = await untilEnded(api, key, body.id);
    expect(batch.counts).toMatchObject({ authorized: 80, failed: 0 });
    // 85 calls, less those that were saved up at the beginning, at 20 in a second.
    expect(performance.now() - startedAt).toBeGreaterThan(((85 - 10) / 20) * 1_000);
    expect(api.lines.filter((line) => line.includes('a batch is held up'))).toEqual([]);
  });

  it('waits where too many of its people do not exist, as long as the limit says', async () => {
    api = await startTestApi({ RATE_LIMIT_UNMATCHED: '20' });
    const key = await api.issueKey(SCOPES);
    const { body } = await upload(api, key, 'batch', people(100, { mobile: '13800000005' }));
    const held = await until(async () => {
      const batch = await batchOf(api, key, body.id);
      // What was answered before the first line was held up may be written after it.
      return batch.retryAt !== null && batch.counts.rejected >= 20 && batch;
    });
    const { rejected, waiting } = held.counts;
    expect([held.status, rejected >= 20, rejected <= 36, waiting]).toEqual([
      'running',
      true,
      true,
      100 - rejected,
    ]);
    const minutes = (Date.parse(held.retryAt!) - Date.now()) / 60_000;
    expect([minutes > 30, minutes <= 60]).toEqual([true, true]);
  });

  it('waits while the gateway cannot be reached, and nothing of it fails', async () => {
    api = await startTestApi({ ALIPAY_GATEWAY_URL: 'http://127.0.0.1:1/gateway.do' });
    const key = await api.issueKey(SCOPES);
    const { body } = await upload(api, key, 'batch', people(40));
    await until(() => api.lines.filter((line) => line.includes('a batch is held up')).length === 2);
    const batch = await batchOf(api, key, body.id);
    expect([batch.status, batch.counts.waiting]).toEqual(['running', 40]);
    const [tried] = await api.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM attempts',
    );
    // What was under way at once, twice, in each of the lanes that the process was at.
    expect(tried!.count).toBeLessThanOrEqual(2 * 2 * 16);
  });
});
