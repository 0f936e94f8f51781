import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EmbeddedPostgres } from '@zhimaper/local-stack';
import { certNoOf, EXAMPLE } from './support/applications.js';
import { itemsOf, jsonLines, untilEnded, upload } from './support/batches.js';
import { startOwnPostgres } from './support/own-postgres.js';
import { pauseServer } from './support/pause-server.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { connectTo } from './support/test-database.js';
import { until } from './support/until.js';

/** `BATCH_PAUSE_MS=20000` makes the long run. */
const PAUSE_MS = Number(process.env['BATCH_PAUSE_MS'] ?? 5_000);
const LINES = 200;

let postgres: EmbeddedPostgres;
let api: TestApi;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  api = await startTestApi(
    {
      DATABASE_TIMEOUT_MS: '2000',
      ALIPAY_TIMEOUT_MS: '2000',
      ATTEMPT_MARGIN_MS: '1000',
      SWEEP_INTERVAL_MS: '200',
      JOB_EXPIRY_MS: '8000',
      JOB_MAINTENANCE_MS: '200',
    },
    { reach: () => postgres.url },
  );
});
afterAll(async () => {
  await api.close();
  await postgres.stop();
});

describe('a database that is away in the middle of a batch', () => {
  it(
    'holds it up alone: it goes on by itself, with every line once',
    async () => {
      const key = await api.issueKey(['batches:write', 'batches:read']);
      api.sandbox.addScenario({ then: { delayMs: 200 } });
      const bodies = Array.from({ length: LINES }, (_, line) => ({
        ...EXAMPLE,
        certNo: certNoOf('4', line),
        mobile: String(13_900_000_000 + line),
      }));
      const { body } = await upload(api, key, 'the-batch', jsonLines(bodies));
      const calls = () => api.sandbox.ledger().requests.length;
      await until(() => calls() > 40);
      const goOn = await pauseServer(postgres);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      expect((await api.request('/health/ready')).status).toBe(503);
      expect(calls()).toBeLessThan(LINES);
      await goOn();

      const batch = await untilEnded(api, key, body.id);
      const { authorized, unknown } = batch.counts;
      expect([batch.status, authorized + unknown]).toEqual(['completed', LINES]);
      const items = await itemsOf(api, key, body.id);
      expect(items.filter(({ status }) => status === 'authorized')).toHaveLength(authorized);
      // Each person was applied for once at the most, and whom the gateway gave a pair is authorised, or unknown.
      const { requests, tokens } = api.sandbox.ledger();
      expect(new Set(requests.map(({ mobile }) => mobile)).size).toBe(requests.length);
      expect(tokens.length).toBeGreaterThanOrEqual(authorized);
      const [stored] = await connectTo(postgres.url).then(async (inspector) => {
        const rows = await inspector.query<{ count: number }[]>(
          'SELECT count(*)::int AS count FROM authorization_tokens',
        );
        await inspector.destroy();
        return rows;
      });
      expect(stored?.count).toBe(authorized);
      expect(api.lines.filter((line) => line.includes('a job failed'))).toEqual([]);
    },
    PAUSE_MS + 120_000,
  );
});
