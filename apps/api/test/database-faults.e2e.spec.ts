import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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

describe.each(['freeze', 'cut'] as const)(
  'a connection to the database that meets a %s',
  (mode) => {
    it.each([
      ['the key is looked up', /FROM api_keys/, 'lost'],
      ['the transaction begins', /START TRANSACTION/, 'lost'],
      ['the intent is written', /INSERT INTO idempotency_keys/, 'lost'],
      ['the intent is written, and the answer lost', /INSERT INTO idempotency_keys/, 'delivered'],
      ['the intent is committed', /COMMIT/, 'lost'],
      ['the intent is committed, and the answer lost', /COMMIT/, 'delivered'],
    ] as const)(
      'when %s: 503 in time, no call, and the next try succeeds',
      async (_when, pattern, request) => {
        const sprung = proxy.trap({ pattern, request, mode });
        const person = someone();
        const answer = await timed(apply(api, key, 'k-1', person));
        await sprung;
        expect([answer.status, answer.body.code]).toEqual([503, 'database-unavailable']);
        expect(answer.headers.get('retry-after')).toBe('5');
        expect(calls()).toBe(0);
        expect((await timed(api.request('/health/ready'))).body).toMatchObject({
          database: 'down',
        });
        proxy.mode('pass');
        const again = await recovers(
          () => apply(api, key, 'k-1', person),
          ({ status }) => status !== 503 && status !== 409,
        );
        expect(again.status).toBe(201);
        expect(calls()).toBe(1);
        expect((await api.request('/health/ready')).status).toBe(200);
      },
    );
  },
);
