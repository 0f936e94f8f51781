import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { inTransaction } from '../src/database/in-transaction.js';
import { Jobs } from '../src/jobs/jobs.js';
import { BATCH_LINES } from '../src/jobs/queues.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { until } from './support/until.js';

const BATCH = '0193f000-0000-7000-8000-000000000001';
const QUICK = { JOB_EXPIRY_MS: '4000', JOB_MAINTENANCE_MS: '100' };
const turn = (lane: number) => ({ batchId: BATCH, lane });

let sender: TestApi;
const workers: TestApi[] = [];

beforeAll(async () => {
  sender = await startTestApi({ ...QUICK, ROLE: 'api' });
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.close();
  await sender.reset();
});
afterAll(async () => {
  await sender.close();
});

type Work = (data: { lane: number }, signal: AbortSignal) => Promise<void>;

async function startWorker(work: Work): Promise<TestApi> {
  const worker = await startTestApi(
    { ...QUICK, ROLE: 'worker', BATCH_CONCURRENCY: '0' },
    { beside: sender },
  );
  workers.push(worker);
  worker.app.get(Jobs).work(BATCH_LINES, { concurrency: 1 }, work);
  return worker;
}

const states = async () => {
  const rows = await sender.database.query<{ lane: number; state: string }>(
    `SELECT (data->>'lane')::int AS lane, state FROM pgboss.job ORDER BY 1`,
  );
  return rows.map(({ lane, state }) => `${lane} ${state}`);
};

describe('jobs', () => {
  it('are done once, by whichever worker takes them', async () => {
    const done: string[] = [];
    const first = Array.from({ length: 20 }, (_, index) => turn(1 + index * 100));
    await sender.app.get(Jobs).send(BATCH_LINES, first);
    const work =
      (name: string): Work =>
      async ({ lane }) => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        done.push(`${name} ${lane}`);
      };
    for (const name of ['a', 'b']) await startWorker(work(name));
    await until(() => done.length === 20);
    expect(new Set(done.map((end) => end.split(' ')[1])).size).toBe(20);
    expect(new Set(done.map((end) => end[0]))).toEqual(new Set(['a', 'b']));
    await until(async () => (await states()).every((state) => state.endsWith('completed')));
  });

  it('are there only when the transaction that sent them is committed', async () => {
    const jobs = sender.app.get(Jobs);
    const dataSource = sender.app.get(DataSource);
    const send = (lane: number, keep: boolean) =>
      inTransaction(
        dataSource,
        (transaction) => jobs.send(BATCH_LINES, [turn(lane)], { transaction }),
        () => keep,
      );
    await send(1, false);
    await send(101, true);
    expect(await states()).toEqual(['101 created']);
  });

  it('wait once for each key, and hold nothing but ids and numbers', async () => {
    const jobs = sender.app.get(Jobs);
    await jobs.send(BATCH_LINES, [turn(1), turn(1)]);
    await jobs.send(BATCH_LINES, [turn(1)]);
    expect(await states()).toEqual(['1 created']);
    const [job] = await sender.database.query<{ data: unknown; retry: number }>(
      'SELECT data, retry_limit AS retry FROM pgboss.job',
    );
    expect(job).toEqual({ data: { batchId: BATCH, lane: 1 }, retry: 0 });
    const more = { ...turn(201), name: '张三' };
    await expect(jobs.send(BATCH_LINES, [more])).rejects.toThrow('Unrecognized key');
  });

  it('that fail are not tried again, and keep nothing of the error', async () => {
    let runs = 0;
    await sender.app.get(Jobs).send(BATCH_LINES, [turn(1)]);
    const worker = await startWorker(() => {
      runs += 1;
      return Promise.reject(new Error('张三'));
    });
    await until(async () => (await states())[0] === '1 failed');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const [job] = await sender.database.query<{ output: unknown }>('SELECT output FROM pgboss.job');
    expect([runs, job?.output]).toEqual([1, { reason: 'error' }]);
    expect(worker.lines.filter((line) => line.includes('a job failed'))).toHaveLength(1);
  });

  it('are not taken from a slow worker that lives', async () => {
    await sender.app.get(Jobs).send(BATCH_LINES, [turn(1)]);
    let taken = false;
    let done = false;
    await startWorker(async (_data, signal) => {
      signal.addEventListener('abort', () => (taken = true));
      await new Promise((resolve) => setTimeout(resolve, 9_000));
      done = true;
    });
    await until(() => done);
    await until(async () => (await states())[0] === '1 completed');
    expect(taken).toBe(false);
  });

  it('that a worker does not end in time are given up, and the stop does not hang', async () => {
    await sender.app.get(Jobs).send(BATCH_LINES, [turn(1)]);
    let begun = false;
    const worker = await startWorker(() => {
      begun = true;
      return new Promise(() => undefined);
    });
    await until(() => begun);
    const startedAt = performance.now();
    await workers.splice(workers.indexOf(worker), 1)[0]!.close();
    expect(performance.now() - startedAt).toBeLessThan(12_000);
    const [job] = await sender.database.query<{ output: unknown }>('SELECT output FROM pgboss.job');
    expect([await states(), job?.output]).toEqual([['1 failed'], { reason: 'stopped' }]);
  });

  it('whose worker died are given up once it has given no sign of life for so long', async () => {
    await sender.app.get(Jobs).send(BATCH_LINES, [turn(1)]);
    await sender.database.query(
      `UPDATE pgboss.job SET state = 'active', started_on = now() - interval '1 s'`,
    );
    const taken = performance.now();
    let runs = 0;
    await startWorker(() => {
      runs += 1;
      return Promise.resolve();
    });
    await until(async () => (await states())[0] === '1 failed');
    expect(performance.now() - taken).toBeGreaterThan(2_000);
    expect(runs).toBe(0);
  });
});

describe('a process that is no worker', () => {
  it('takes no job and does no scheduled work', async () => {
    await sender.app.get(Jobs).send(BATCH_LINES, [turn(1)]);
    sender.app.get(Jobs).work(BATCH_LINES, { concurrency: 1 }, () => Promise.resolve());
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await states()).toEqual(['1 created']);
    expect(await sender.database.query('SELECT name FROM scheduled_work')).toEqual([]);
  });
});

describe('a process that is no api', () => {
  it('serves health and metrics alone', async () => {
    const worker = await startWorker(() => Promise.resolve());
    const paths = ['/health/live', '/health/ready', '/metrics', '/v1/errors', '/docs', '/healthy'];
    const answers = await Promise.all(paths.map((path) => fetch(worker.url + path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 404, 404]);
    expect(await answers[3]!.json()).toMatchObject({ code: 'not-found', status: 404 });
  });
});
