import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { JobLoop } from '../src/schedule/job-loop.js';
import { sharedJob } from '../src/schedule/shared-job.js';
import { TurnsRepository } from '../src/schedule/turns.repository.js';
import { connectTo, createTestDatabase, type TestDatabase } from './support/test-database.js';

const INTERVAL_MS = 400;
const EARLIEST_MS = 320;
const LASTS_MS = 5_000;

let database: TestDatabase;
const pools: DataSource[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  for (let process = 0; process < 3; process += 1) pools.push(await connectTo(database.url));
});
beforeEach(() => database.empty());
afterAll(async () => {
  for (const pool of pools) await pool.destroy();
  await database.close();
});

const turnsOf = (process: number) => new TurnsRepository(pools[process]!);

describe('scheduled work of three processes', () => {
  it('is done once in each interval, by one at a time', async () => {
    let atIt = 0;
    let most = 0;
    const runs: number[] = [];
    const job = {
      name: 'sweep',
      intervalMs: INTERVAL_MS,
      run: async () => {
        runs.push(performance.now());
        atIt += 1;
        most = Math.max(most, atIt);
        await new Promise((resolve) => setTimeout(resolve, 100));
        atIt -= 1;
      },
    };
    const errors: unknown[] = [];
    const ends = { random: Math.random, onError: (error: unknown) => void errors.push(error) };
    const startedAt = performance.now();
    const loops = [0, 1, 2].map(
      (process) => new JobLoop(sharedJob(job, turnsOf(process), randomUUID), ends),
    );
    await new Promise((resolve) => setTimeout(resolve, LASTS_MS));
    await Promise.all(loops.map((loop) => loop.stop()));
    const lasted = performance.now() - startedAt;
    expect([most, errors]).toEqual([1, []]);
    expect(runs.length).toBeLessThanOrEqual(lasted / EARLIEST_MS + 1);
    expect(runs.length).toBeGreaterThanOrEqual(4);
  });

  it('goes on elsewhere when the process that was at it died', async () => {
    const hold = 10_000;
    expect(await turnsOf(0).take('sweep', randomUUID(), 0, hold)).toBe(true);
    expect(await turnsOf(1).take('sweep', randomUUID(), 0, hold)).toBe(false);
    await database.query(`UPDATE scheduled_work SET held_until = now()`);
    expect(await turnsOf(1).take('sweep', randomUUID(), 0, hold)).toBe(true);
  });

  it('is not done again before its time, nor held up by a turn that was given back by another', async () => {
    const [first, other] = [randomUUID(), randomUUID()];
    await turnsOf(0).take('sweep', first, 0, 10_000);
    await turnsOf(1).hold('sweep', other, 0);
    expect(await turnsOf(1).take('sweep', other, 0, 10_000)).toBe(false);
    await turnsOf(0).hold('sweep', first, 0);
    expect(await turnsOf(1).take('sweep', other, 60_000, 10_000)).toBe(false);
    expect(await turnsOf(1).take('sweep', other, 0, 10_000)).toBe(true);
  });
});
