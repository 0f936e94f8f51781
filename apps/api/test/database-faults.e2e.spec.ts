import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { apply, someone } from './support/applications.js';
import { startHalfOpenProxy, type HalfOpenProxy } from './support/half-open-proxy.js';
import { startTestApi, type TestApi } from './support/test-api.js';

/** How long the database may keep silent here; every other deadline is a part of it. */
const SILENCE_MS = 2_000;
/** A free connection is waited for, then an answer on it; the rest is for a busy machine. */
const LONGEST_ANSWER_MS = 2 * SILENCE_MS + 1_000;
const RECOVERY_MS = 10_000;

let proxy: HalfOpenProxy;
let api: TestApi;
let key: string;

beforeAll(async () => {
  proxy = await startHalfOpenProxy(process.env['ZHIMAPER_TEST_POSTGRES_URL']!);
  api = await startTestApi({ DATABASE_TIMEOUT_MS: String(SILENCE_MS) }, proxy);
});
beforeEach(async () => {
  proxy.mode('pass');
  await api.reset();
  key = await api.issueKey(['authorizations:write', 'authorizations:read', 'tokens:read']);
});
afterAll(async () => {
  proxy.mode('pass');
  await api.close();
  proxy.close();
});

const calls = () => api.sandbox.ledger().requests.length;

async function timed<Result>(action: Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  const result = await action;
  expect(performance.now() - startedAt).toBeLessThan(LONGEST_ANSWER_MS);
  return result;
}

/** Repeats what a client would repeat until it is answered as wanted; fails when that takes too long. */
async function recovers<Result>(
  ask: () => Promise<Result>,
  wanted: (result: Result) => boolean,
): Promise<Result> {
  const startedAt = performance.now();
  for (;;) {
    const result = await ask();
    if (wanted(result)) return result;
    if (performance.now() - startedAt > RECOVERY_MS) {
      throw new Error(`No recovery within ${RECOVERY_MS} ms: ${JSON.stringify(result)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function until(condition: () => boolean): Promise<void> {
  const startedAt = performance.now();
  while (!condition() && performance.now() - startedAt < RECOVERY_MS) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const MODES = ['freeze', 'cut'] as const;

/** Where the connection breaks: at which statement, and whether the server still got it. */
const BEFORE_THE_CALL = [
  ['the key is looked up', /JOIN api_keys/, 'lost'],
  ['the intent is written', /INSERT INTO idempotency_keys/, 'lost'],
  ['the intent is written, and the answer lost', /INSERT INTO idempotency_keys/, 'delivered'],
] as const;

const AFTER_THE_CALL = [
  ['while the gateway is called', null, 'lost'],
  ['when the outcome is stored', /UPDATE authorizations/, 'lost'],
  ['when the outcome is stored, and the answer lost', /UPDATE authorizations/, 'delivered'],
] as const;

const inBothModes = <Row extends readonly unknown[]>(rows: readonly Row[]) =>
  MODES.flatMap((mode) => rows.map((row) => [mode, ...row] as const));

describe('a connection to the database that breaks before the call', () => {
  it.each(inBothModes(BEFORE_THE_CALL))(
    'by a %s when %s: 503 in time, no call, and the next try succeeds',
    async (mode, _when, pattern, request) => {
      const sprung = proxy.trap({ pattern, request, mode });
      const person = someone();
      const answer = await timed(apply(api, key, 'k-1', person));
      await sprung;
      expect([answer.status, answer.body.code]).toEqual([503, 'database-unavailable']);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(calls()).toBe(0);
      const readiness = await timed(api.request('/health/ready'));
      expect([readiness.status, readiness.body['database']]).toEqual([503, 'down']);
      proxy.mode('pass');
      const again = await recovers(
        () => apply(api, key, 'k-1', person),
        ({ status }) => status !== 503 && status !== 409,
      );
      expect([again.status, calls()]).toEqual([201, 1]);
      expect((await api.request('/health/ready')).status).toBe(200);
    },
  );
});

describe('a connection to the database that breaks after the call', () => {
  it.each(inBothModes(AFTER_THE_CALL))(
    'by a %s %s: 504 in time, and the pair is stored soon after',
    async (mode, _when, pattern, request) => {
      api.sandbox.addScenario({ times: 1, then: { delayMs: 300 } });
      const person = someone();
      const answer = timed(apply(api, key, 'k-1', person));
      await until(() => calls() === 1);
      if (pattern) await proxy.trap({ pattern, request, mode });
      else proxy.mode(mode === 'cut' ? 'refuse' : 'freeze');
      const { status, body } = await answer;
      expect([status, body.code]).toEqual([504, 'unknown-outcome']);
      proxy.mode('pass');
      const again = await recovers(
        () => apply(api, key, 'k-1', person),
        (repeated) => repeated.status === 201,
      );
      expect(again.body.id).toBe(body.authorizationId);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      const token = await api.request(`/v1/authorizations/${again.body.id}/token`, { key });
      const [pair, ...others] = api.sandbox.ledger().tokens;
      expect([token.body['accessToken'], others, calls()]).toEqual([pair!.accessToken, [], 1]);
    },
  );
});

describe('the pool of connections', () => {
  it('is not spoilt by one that broke: the next statement gets another', async () => {
    proxy.cut();
    expect((await api.request('/v1/authorizations', { key })).status).toBe(200);
  });

  it('answers 503 in time while all of them are busy', async () => {
    const dataSource = api.app.get(DataSource);
    const runners = Array.from({ length: 10 }, () => dataSource.createQueryRunner());
    await Promise.all(runners.map((runner) => runner.connect()));
    const blocked = await timed(api.request('/v1/authorizations', { key }));
    await Promise.all(runners.map((runner) => runner.release()));
    expect([blocked.status, blocked.body['code']]).toEqual([503, 'database-unavailable']);
    expect(blocked.headers.get('retry-after')).toBe('5');
    expect((await api.request('/v1/authorizations', { key })).status).toBe(200);
  });

  it('serves a slow database as long as it answers in time', async () => {
    proxy.delay(40);
    const { status } = await apply(api, key, 'k-1', someone());
    proxy.delay(0);
    expect(status).toBe(201);
  });
});
