import { afterEach, describe, expect, it } from '@jest/globals';
import { apply, someone } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';

let api: TestApi;

afterEach(() => api.close());

const SCOPES = ['authorizations:write', 'authorizations:read'];

async function start(variables: Record<string, string>): Promise<string> {
  api = await startTestApi(variables);
  return api.issueKey(SCOPES);
}

const calls = () => api.sandbox.ledger().requests.length;

/** How the authorisations stand, the oldest first. */
const reasons = () =>
  api.database.query<{ status: string; failure_reason: string | null }>(
    'SELECT status, failure_reason FROM authorizations ORDER BY id',
  );

describe('a gateway that fails again and again', () => {
  it('is left alone for a while: what is held back failed without effect and may be sent again', async () => {
    const key = await start({ GATEWAY_BREAKER_FAILURES: '2', GATEWAY_BREAKER_PAUSE_MS: '3000' });
    api.sandbox.addScenario({ times: 2, then: { status: 502, html: '<html>Bad Gateway</html>' } });
    for (const [at, status] of [504, 504, 503].entries()) {
      expect((await apply(api, key, `k-${at}`, someone())).status).toBe(status);
    }
    const person = someone();
    const heldBack = await apply(api, key, 'k-3', person);
    expect([heldBack.status, heldBack.body.code]).toEqual([503, 'gateway-unreachable']);
    expect(heldBack.headers.get('retry-after')).toBe('5');
    expect(calls()).toBe(2);
    expect(await reasons()).toEqual([
      { status: 'unknown', failure_reason: 'http-status' },
      { status: 'unknown', failure_reason: 'http-status' },
      { status: 'failed', failure_reason: 'circuit-open' },
      { status: 'failed', failure_reason: 'circuit-open' },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 3_050));
    const granted = await apply(api, key, 'k-3', person);
    expect([granted.status, granted.body.id]).toEqual([201, heldBack.body.authorizationId]);
    expect(calls()).toBe(3);
  });
});

describe('more applications than the gateway may have at once', () => {
  it('are refused without a call once the queue is full, and may be sent again', async () => {
    const key = await start({ GATEWAY_CONCURRENCY: '1', GATEWAY_QUEUE: '1' });
    api.sandbox.addScenario({ then: { delayMs: 600 } });
    const people = [someone(), someone(), someone(), someone()];
    const answers = await Promise.all(people.map((body, at) => apply(api, key, `k-${at}`, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 503, 503]);
    expect(calls()).toBe(2);
    expect((await reasons()).filter(({ status }) => status === 'failed')).toEqual([
      { status: 'failed', failure_reason: 'too-many-calls' },
      { status: 'failed', failure_reason: 'too-many-calls' },
    ]);
    const refused = answers.findIndex(({ status }) => status === 503);
    expect((await apply(api, key, `k-${refused}`, people[refused])).status).toBe(201);
  });

  it('are not a hundred at once', async () => {
    const key = await start({});
    api.sandbox.addScenario({ then: { delayMs: 300 } });
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) => apply(api, key, `k-${at}`, someone())),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(100);
    expect(calls()).toBe(100);
  });
});
