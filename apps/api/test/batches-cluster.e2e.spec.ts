import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BatchView } from '../src/batches/batch-view.js';
import { account, ALL_WELL } from './support/account.js';
import { certNoOf, EXAMPLE } from './support/applications.js';
import { itemsOf, jsonLines, untilEnded, upload } from './support/batches.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { startTestCluster, type TestCluster } from './support/test-cluster.js';
import { until } from './support/until.js';

/** `BATCH_LINES=20000 BATCH_KILL_MS=5000` makes the long run: a kill every five seconds until the batch has ended. */
const LINES = Number(process.env['BATCH_LINES'] ?? 400);
const KILL_MS = Number(process.env['BATCH_KILL_MS'] ?? 1_500);
const LONG = LINES > 400;
const START_MS = 240_000;
/** How long a line is under way at least, so that a kill finds some that are. */
const CALL_MS = LONG ? 50 : 250;

const SETTINGS = {
  SWEEP_INTERVAL_MS: '200',
  JOB_EXPIRY_MS: '4000',
  JOB_MAINTENANCE_MS: '200',
  ALIPAY_TIMEOUT_MS: '5000',
  ATTEMPT_MARGIN_MS: '500',
};

let cluster: TestCluster;
let observer: TestApi;
let key: string;

beforeAll(async () => {
  cluster = await startTestCluster({ apis: 3, workers: 2, variables: SETTINGS });
  const { database, sandbox } = cluster;
  const spoolDir = cluster.spoolDirs()[0]!;
  observer = await startTestApi({ ROLE: 'api' }, { beside: { database, sandbox, spoolDir } });
  key = await cluster.issueKey(['batches:write', 'batches:read']);
}, START_MS);
afterAll(async () => {
  await observer.close();
  await cluster.close();
});

const sent = Array.from({ length: LINES }, (_, line) => ({
  reference: `line-${line + 1}`,
  mobile: String(13_900_000_000 + line),
}));
const bodies = sent.map((one, line) => ({ ...EXAMPLE, ...one, certNo: certNoOf('3', line) }));

const batchFrom = async (api: number, id: string): Promise<BatchView> => {
  const response = await fetch(`${cluster.apis[api]!.url}/v1/batches/${id}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  return (await response.json()) as BatchView;
};

/** Kills a worker and starts another one in its place, on its disk, as often as there is work for it. */
async function killWorkers(batchId: string): Promise<number> {
  const workers = [...cluster.workers];
  for (let kills = 0; ; kills += 1) {
    await new Promise((resolve) => setTimeout(resolve, KILL_MS));
    const { endedAt } = await batchFrom(1, batchId);
    if (endedAt !== null || (!LONG && kills === 2)) return kills;
    const victim = workers.shift()!;
    victim.child.kill('SIGKILL');
    await victim.exit;
    workers.push(await cluster.start('worker', victim.spoolDir));
  }
}

describe(`a batch of ${LINES} lines whose workers are killed one after the other`, () => {
  it(
    'ends with every line once, loses no pair and applies for nobody twice',
    async () => {
      cluster.sandbox.addScenario({ then: { delayMs: CALL_MS } });
      const { body } = await upload(observer, key, 'the-batch', jsonLines(bodies));
      await until(() => cluster.sandbox.ledger().requests.length > 0);
      const killing = killWorkers(body.id);
      const [api] = cluster.apis;
      api!.child.kill('SIGTERM');
      expect(await api!.exit).toBe(0);
      await cluster.start('api', api!.spoolDir);
      const kills = await killing;
      expect(kills).toBeGreaterThanOrEqual(2);

      const batch = await untilEnded(observer, key, body.id, LONG ? 1_800_000 : undefined);
      const items = await itemsOf(observer, key, body.id);
      const lines = (status: string) => items.filter((item) => item.status === status);
      const { authorized, unknown } = batch.counts;
      expect([batch.status, batch.lineCount, authorized + unknown]).toEqual([
        'completed',
        LINES,
        LINES,
      ]);
      expect([lines('authorized').length, lines('unknown').length]).toEqual([authorized, unknown]);
      expect(items.map(({ number, reference }) => [number, reference])).toEqual(
        sent.map(({ reference }, line) => [line + 1, reference]),
      );
      // Those that were under way when their worker was killed.
      expect(unknown).toBeGreaterThan(0);
      expect(unknown).toBeLessThanOrEqual(kills * 16);
      expect(await account(observer, sent, cluster.spoolDirs())).toEqual(ALL_WELL);
      const { requests, tokens } = cluster.sandbox.ledger();
      expect([requests.length <= LINES, tokens.length]).toEqual([true, requests.length]);
      expect(tokens.length).toBeGreaterThanOrEqual(authorized);
      process.stderr.write(
        `${LINES} lines, ${kills} kills: ${authorized} authorized, ${unknown} unknown, ${requests.length} calls\n`,
      );
    },
    LONG ? 3_600_000 : 180_000,
  );
});
