import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { BudgetRepository } from '../src/pace/budget.repository.js';
import { LeaseLine } from '../src/pace/lease-line.js';
import { apply, someone } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { connectTo, createTestDatabase, type TestDatabase } from './support/test-database.js';
import { until } from './support/until.js';

const SETTINGS = { appId: '2021', rate: 100, burst: 20 };

let database: TestDatabase;
const pools: DataSource[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  pools.push(await connectTo(database.url, 4), await connectTo(database.url, 4));
});
beforeEach(() => database.empty());
afterAll(async () => {
  for (const pool of pools) await pool.destroy();
  await database.close();
});

/** The budget as one of two processes sees it. */
const budgetOf = (process: 0 | 1) => new BudgetRepository(pools[process]!, SETTINGS);

/** Lets so much time have gone by since the budget was last counted. */
const passTime = (seconds: number) =>
  database.query(
    `UPDATE gateway_budget SET counted_at = counted_at - $1 * interval '1 s',
       slowed_at = slowed_at - $1 * interval '1 s'`,
    [seconds],
  );

describe('the budget', () => {
  it('begins full, and grants what there is', async () => {
    const budget = budgetOf(0);
    expect(await budget.show()).toBeNull();
    expect(await budget.take(15, 0)).toEqual({ granted: 15, calls: 5, rate: 100 });
    expect((await budgetOf(1).take(200, 0)).granted).toBeGreaterThanOrEqual(5);
    await passTime(10);
    expect(await budget.take(200, 0)).toEqual({ granted: 20, calls: 0, rate: 100 });
  });

  it('lets interactive applications owe calls, up to a number, and nobody else take any meanwhile', async () => {
    const budget = budgetOf(0);
    await budget.take(20, 0);
    const granted: number[] = [];
    // As if no time went by meanwhile.
    const still = () => database.query('UPDATE gateway_budget SET counted_at = clock_timestamp()');
    for (let call = 0; call < 30; call += 1) {
      await still();
      granted.push((await budget.take(1, 20)).granted);
    }
    const owed = granted.filter((one) => one === 1).length;
    expect(owed).toBeGreaterThanOrEqual(19);
    expect(owed).toBeLessThan(30);
    expect(granted.at(-1)).toBe(0);
    expect((await budgetOf(1).take(10, 0)).granted).toBe(0);
    await passTime(0.1);
    expect((await budgetOf(1).take(10, 0)).granted).toBe(0);
    expect((await budgetOf(1).take(1, 20)).granted).toBe(1);
  });

  it('is halved once for all when Alipay limits, and recovers within a minute', async () => {
    expect(await budgetOf(0).slowDown()).toBeNull();
    await budgetOf(0).take(1, 0);
    expect(await budgetOf(0).slowDown()).toBeCloseTo(50, 0);
    expect(await budgetOf(1).slowDown()).toBeNull();
    expect((await budgetOf(1).show())?.calls).toBeLessThan(10);
    await passTime(2);
    expect(await budgetOf(1).slowDown()).toBeCloseTo((50 + 2 * (100 / 60)) / 2, 0);
    for (let times = 0; times < 8; times += 1) {
      await passTime(1.1);
      await budgetOf(0).slowDown();
    }
    expect((await budgetOf(0).show())?.rate).toBeCloseTo(5, 0);
    await passTime(30);
    expect((await budgetOf(0).show())?.rate).toBeCloseTo(55, -1);
    await passTime(30);
    expect((await budgetOf(1).show())?.rate).toBe(100);
  });

  it('is kept by two processes that ask for as much as they can', async () => {
    const signal = new AbortController();
    let calls = 0;
    const ask = async (process: 0 | 1) => {
      const budget = budgetOf(process);
      const line = new LeaseLine(SETTINGS.rate, {
        take: (most) => budget.take(most, 0),
        onError: () => undefined,
        now: () => performance.now(),
      });
      const one = async () => {
        while (!signal.signal.aborted) {
          await line.wait(signal.signal).then(
            () => (calls += 1),
            () => undefined,
          );
        }
      };
      await Promise.all([1, 2, 3, 4].map(() => one()));
    };
    const startedAt = performance.now();
    const asking = Promise.all([ask(0), ask(1)]);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    signal.abort();
    await asking;
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(calls).toBeLessThanOrEqual(SETTINGS.burst + SETTINGS.rate * seconds);
    expect(calls).toBeGreaterThan(SETTINGS.rate * seconds * 0.5);
  });

  it('goes to interactive applications first while batch lines wait', async () => {
    const stop = new AbortController();
    const budget = budgetOf(0);
    const line = new LeaseLine(SETTINGS.rate, {
      take: (most) => budget.take(most, 0),
      onError: () => undefined,
      now: () => performance.now(),
    });
    let lines = 0;
    const batch = (async () => {
      while (!stop.signal.aborted)
        await line.wait(stop.signal).then(
          () => (lines += 1),
          () => 0,
        );
    })();
    await until(() => lines > 30);
    const before = lines;
    const startedAt = performance.now();
    // As fast as the budget for so long, which leaves batch lines nothing but what was fetched already.
    const refused: number[] = [];
    for (let call = 0; call < 60; call += 1) {
      if ((await budgetOf(1).take(1, 20)).granted === 0) refused.push(call);
      await new Promise((resolve) => setTimeout(resolve, 11));
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const between = lines - before;
    stop.abort();
    await batch;
    expect(refused).toEqual([]);
    // What there was, less what the applications took.
    expect(between).toBeLessThanOrEqual(SETTINGS.rate * seconds - 60 + SETTINGS.burst);
  });
});

describe('an api with a budget', () => {
  let api: TestApi;
  afterEach(() => api.close());

  it('refuses what would owe too much without a call, which may be sent again', async () => {
    api = await startTestApi({ GATEWAY_CALLS_PER_SECOND: '1', GATEWAY_CALLS_BURST: '2' });
    const key = await api.issueKey(['authorizations:write']);
    const people = Array.from({ length: 12 }, () => someone());
    const answers = await Promise.all(
      people.map((person, index) => apply(api, key, `k-${index}`, person)),
    );
    const refused = answers.flatMap(({ status, body }, index) =>
      status === 503 ? [{ index, body }] : [],
    );
    expect(refused.length).toBeGreaterThan(0);
    const [first] = refused;
    expect(first!.body.code).toBe('over-budget');
    expect(answers[first!.index]!.headers.get('retry-after')).toBe('2');
    expect(api.sandbox.ledger().requests).toHaveLength(answers.length - refused.length);
    const again = await until(async () => {
      const answer = await apply(api, key, `k-${first!.index}`, people[first!.index]);
      return answer.status === 201 ? answer : null;
    });
    expect(again.body.status).toBe('authorized');
    const { text } = await api.request('/metrics');
    expect(text).toMatch(/^zhimaper_gateway_budget\{state="rate"\} 1$/m);
  });

  it('slows down when Alipay says so', async () => {
    api = await startTestApi({ GATEWAY_CALLS_PER_SECOND: '100' });
    const key = await api.issueKey(['authorizations:write']);
    api.sandbox.addScenario({ times: 1, then: { subCode: 'isv.app-call-limited' } });
    expect((await apply(api, key, 'limited', someone())).status).toBe(503);
    const rate = await until(async () => {
      const [row] = await api.database.query<{ rate: number }>(
        'SELECT rate FROM gateway_budget WHERE slowed_at IS NOT NULL',
      );
      return row?.rate;
    });
    expect(rate).toBe(50);
    expect((await apply(api, key, 'after', someone())).status).toBe(201);
  });
});
