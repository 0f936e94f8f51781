import type { EmbeddedPostgres } from '@zhimaper/local-stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apply, someone } from './support/applications.js';
import { startOwnPostgres } from './support/own-postgres.js';
import { pauseServer } from './support/pause-server.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { connectTo } from './support/test-database.js';

const SILENCE_MS = 2_000;
const LONGEST_ANSWER_MS = 2 * SILENCE_MS + 1_000;
const RECOVERY_MS = 10_000;

let postgres: EmbeddedPostgres;
let api: TestApi;
let key: string;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  api = await startTestApi(
    { DATABASE_TIMEOUT_MS: String(SILENCE_MS) },
    { reach: () => postgres.url },
  );
  key = await api.issueKey(['authorizations:write', 'authorizations:read', 'tokens:read']);
});
afterAll(async () => {
  await api.close();
  await postgres.stop();
});

async function timed<Result>(action: Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  const result = await action;
  expect(performance.now() - startedAt).toBeLessThan(LONGEST_ANSWER_MS);
  return result;
}

/** Applies again, as a client would, until the person is authorised; answers null when that takes too long. */
async function authorized(idempotencyKey: string, person: object) {
  const startedAt = performance.now();
  while (performance.now() - startedAt < RECOVERY_MS) {
    const answer = await apply(api, key, idempotencyKey, person);
    if (answer.status === 201) return answer.body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return null;
}

const calls = () => api.sandbox.ledger().requests.length;

describe('a database server that is paused', () => {
  it('before an application: 503 in time, no call, and all is well when it goes on', async () => {
    api.sandbox.reset();
    const goOn = await pauseServer(postgres);
    const person = someone();
    const answer = await timed(apply(api, key, 'paused-before', person));
    const readiness = await timed(api.request('/health/ready'));
    await goOn();
    expect([answer.status, answer.body.code]).toEqual([503, 'database-unavailable']);
    expect([readiness.status, calls()]).toEqual([503, 0]);
    expect(await authorized('paused-before', person)).toMatchObject({ status: 'authorized' });
    expect(calls()).toBe(1);
  });

  it('during the call: 504 in time, and the pair is stored when it goes on', async () => {
    api.sandbox.reset();
    api.sandbox.addScenario({ times: 1, then: { delayMs: 400 } });
    const person = someone();
    const answer = timed(apply(api, key, 'paused-during', person));
    while (calls() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const goOn = await pauseServer(postgres);
    const { status, body } = await answer;
    await goOn();
    expect([status, body.code]).toEqual([504, 'unknown-outcome']);
    const stored = await authorized('paused-during', person);
    expect(stored?.id).toBe(body.authorizationId);
    const token = await api.request(`/v1/authorizations/${stored?.id}/token`, { key });
    const [pair, ...others] = api.sandbox.ledger().tokens;
    expect([token.body['accessToken'], others, calls()]).toEqual([pair!.accessToken, [], 1]);
  });
});

describe('a database server that cuts every connection', () => {
  it('as when it restarts, loses nothing that was acknowledged', async () => {
    api.sandbox.reset();
    const acknowledged = await authorized('before', someone());
    const admin = await connectTo(postgres.url);
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    );
    await admin.destroy();
    expect(await authorized('after', someone())).toMatchObject({ status: 'authorized' });
    const shown = await api.request(`/v1/authorizations/${acknowledged?.id}`, { key });
    expect([shown.status, shown.body['status']]).toEqual([200, 'authorized']);
  });
});
