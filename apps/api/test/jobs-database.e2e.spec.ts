import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EmbeddedPostgres } from '@zhimaper/local-stack';
import { Jobs } from '../src/jobs/jobs.js';
import { BATCH_LINES } from '../src/jobs/queues.js';
import { startOwnPostgres } from './support/own-postgres.js';
import { pauseServer } from './support/pause-server.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { connectTo } from './support/test-database.js';
import { until } from './support/until.js';

/** `JOBS_PAUSE_MS=20000` makes the long run. */
const PAUSE_MS = Number(process.env['JOBS_PAUSE_MS'] ?? 5_000);
const BATCH = '0193f000-0000-7000-8000-000000000003';

let postgres: EmbeddedPostgres;
let api: TestApi;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  api = await startTestApi(
    { DATABASE_TIMEOUT_MS: '2000', JOB_EXPIRY_MS: '60000', BATCH_CONCURRENCY: '0' },
    { reach: () => postgres.url },
  );
});
afterAll(async () => {
  await api.close();
  await postgres.stop();
});

describe('a database that is away while jobs wait and are done', () => {
  it(
    'holds up the jobs alone: they go on by themselves, and the one under way is completed',
    async () => {
      const jobs = api.app.get(Jobs);
      const begun: number[] = [];
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      await jobs.send(
        BATCH_LINES,
        [1, 11, 21].map((lane) => ({ batchId: BATCH, lane })),
      );
      jobs.work(BATCH_LINES, { concurrency: 2 }, async ({ lane }) => {
        begun.push(lane);
        if (lane === 1) await released;
      });
      await until(() => begun.length === 3);
      await jobs.send(BATCH_LINES, [{ batchId: BATCH, lane: 31 }]);
      await until(() => begun.length === 4);
      const goOn = await pauseServer(postgres);
      // It ends while nobody can be told.
      release();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      expect((await api.request('/health/ready')).status).toBe(503);
      await goOn();
      await until(async () => (await api.request('/health/ready')).status === 200);
      await jobs.send(BATCH_LINES, [{ batchId: BATCH, lane: 41 }]);
      await until(() => begun.length === 5);
      const inspector = await connectTo(postgres.url);
      const states = await until(async () => {
        const rows = await inspector.query<{ lane: number; state: string }[]>(
          `SELECT (data->>'lane')::int AS lane, state FROM pgboss.job ORDER BY 1`,
        );
        return rows.every(({ state }) => state === 'completed')
          ? rows.map(({ lane }) => lane)
          : null;
      });
      await inspector.destroy();
      expect(states).toEqual([1, 11, 21, 31, 41]);
      const said = (text: string) => api.lines.filter((line) => line.includes(text)).length;
      expect([said('the queue does not answer'), said('the queue answers again')]).toEqual([1, 1]);
    },
    PAUSE_MS + 60_000,
  );
});
