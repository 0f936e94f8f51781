import { connect } from 'node:net';
import { createGatewaySandbox, type GatewaySandbox } from '@zhimaper/gateway-sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MIGRATIONS } from '../src/database/data-source.js';
import { EXAMPLE } from './support/applications.js';
import { endPrograms, runProgram, urlOf } from './support/run-program.js';
import { ADMIN_KEY, testVariables } from './support/test-api.js';
import { until } from './support/until.js';
import {
  createBlankDatabase,
  createTestDatabase,
  type TestDatabase,
} from './support/test-database.js';

let sandbox: GatewaySandbox;
let database: TestDatabase;

beforeAll(async () => {
  sandbox = await createGatewaySandbox();
  database = await createTestDatabase();
});
afterEach(() => {
  endPrograms();
});
afterAll(async () => {
  await sandbox.close();
  await database.close();
});

async function startWithKey() {
  const api = runProgram('api', testVariables(database.url, sandbox));
  const url = await urlOf(api);
  const post = async (path: string, headers: Record<string, string>, body: unknown) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  const scopes = ['authorizations:write'];
  const issued = await post(
    '/v1/api-keys',
    { authorization: `Bearer ${ADMIN_KEY}` },
    { name: `p-${Date.now()}`, scopes },
  );
  const apply = (key: string) =>
    post(
      '/v1/authorizations',
      { authorization: `Bearer ${issued.body['key']}`, 'idempotency-key': key },
      EXAMPLE,
    );
  return { api, url, apply };
}

describe('the api', () => {
  it('tells every fault of its environment at once and exits with 78', async () => {
    const { output, exit } = runProgram('api', { PORT: 'canary', ENCRYPTION_KEYS: 'canary' });
    expect(await exit).toBe(78);
    expect(output.stdout).toBe('');
    expect(output.stderr.split('\n')).toEqual([
      'The environment has 8 faults; nothing was started.',
      '  DATABASE_URL: is required',
      '  PORT: must be a whole number from 0 to 65535',
      '  ENCRYPTION_KEYS: key 1 must be base64 of exactly 32 bytes after "id:"',
      '  SUBJECT_HASH_KEY: is required (or SUBJECT_HASH_KEY_FILE)',
      '  ALIPAY_GATEWAY_URL: is required',
      '  ALIPAY_APP_ID: is required',
      '  ALIPAY_APP_PRIVATE_KEY: is required (or ALIPAY_APP_PRIVATE_KEY_FILE)',
      '  ALIPAY_PUBLIC_KEY: is required (or ALIPAY_PUBLIC_KEY_FILE, or the three files of certificate mode)',
      '',
    ]);
  });

  it.each([
    ['FAULT_POINTS', 'after-call:kill', 'is for tests alone'],
    ['SPOOL_DIR', '/dev/null/spool', 'cannot be made or written to (ENOTDIR)'],
  ])('does not start with %s=%s', async (variable, value, message) => {
    const { output, exit } = runProgram('api', {
      ...testVariables(database.url, sandbox),
      [variable]: value,
    });
    expect(await exit).toBe(78);
    expect(output.stderr).toBe(
      `The environment has 1 fault; nothing was started.\n  ${variable}: ${message}\n`,
    );
  });

  it('finishes what is under way when it is told to stop, and exits with 0', async () => {
    sandbox.addScenario({ times: 1, then: { delayMs: 1_000 } });
    const { api, url, apply } = await startWithKey();
    const answer = apply('k-1');
    await until(() => sandbox.ledger().requests.length === 1);
    const stoppedAt = Date.now();
    api.child.kill('SIGTERM');
    api.child.kill('SIGINT');
    const readiness = await until(async () => {
      const response = await fetch(`${url}/health/ready`);
      return response.status === 503 && response.json();
    });
    expect(readiness).toMatchObject({ status: 'not-ready', database: 'up', draining: true });
    await until(() =>
      fetch(`${url}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    expect(await answer).toMatchObject({ status: 201, body: { status: 'authorized' } });
    expect(await api.exit).toBe(0);
    // The client keeps its connections open for far longer.
    expect(Date.now() - stoppedAt).toBeLessThan(5_000);
    expect(api.output.stderr).toBe('');
  });

  it.each([
    ['nothing', '', 3_000],
    ['half a request', 'POST /v1/authorizations HTTP/1.1\r\nhost: a\r\n', 10_000],
  ])('stops in good order beside a client that has sent %s', async (_what, sent, withinMs) => {
    const { api, url } = await startWithKey();
    const client = connect(Number(new URL(url).port), '127.0.0.1');
    const cut = new Promise((resolve) => client.on('error', resolve).on('close', resolve));
    await new Promise((resolve) => client.once('connect', resolve));
    if (sent !== '') client.write(sent);
    const stoppedAt = Date.now();
    api.child.kill('SIGTERM');
    await cut;
    expect(await api.exit).toBe(0);
    expect(Date.now() - stoppedAt).toBeLessThan(withinMs);
    expect(api.output.stdout).toMatch(/"msg":"stopped"}\n$/);
  });

  it('writes down as unknown what does not end in time, and exits with 0 within 10 s', async () => {
    sandbox.reset();
    sandbox.addScenario({ times: 1, then: { delayMs: 20_000 } });
    const { api, apply } = await startWithKey();
    const answer = apply('k-2');
    await until(() => sandbox.ledger().requests.length === 1);
    const stoppedAt = Date.now();
    api.child.kill('SIGTERM');
    const { status, body } = await answer;
    expect([status, body['code']]).toEqual([504, 'unknown-outcome']);
    expect(await api.exit).toBe(0);
    expect(Date.now() - stoppedAt).toBeLessThan(10_000);
    expect(
      await database.query('SELECT status, failure_reason FROM authorizations WHERE id = $1', [
        body['authorizationId'],
      ]),
    ).toEqual([{ status: 'unknown', failure_reason: 'aborted' }]);
  });
});

describe('migrate', () => {
  it('makes the schema once, however many run it at once', async () => {
    const url = await createBlankDatabase(`api_${process.env['JEST_WORKER_ID']}_blank`);
    const api = runProgram('api', testVariables(url, sandbox));
    const ready = async () => {
      const response = await fetch(`${await urlOf(api)}/health/ready`);
      return [response.status, ((await response.json()) as { schema: string }).schema];
    };
    expect(await ready()).toEqual([503, 'outdated']);
    const runs = [1, 2, 3, 4, 5].map(() => runProgram('migrate', { DATABASE_URL: url }));
    expect(await Promise.all(runs.map(({ exit }) => exit))).toEqual([0, 0, 0, 0, 0]);
    const applied = runs.flatMap(
      ({ output }) => (JSON.parse(output.stdout) as { migrations: string[] }).migrations,
    );
    expect(applied).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(await ready()).toEqual([200, 'current']);
  });

  it('exits with 78 where it has no database to migrate', async () => {
    const { output, exit } = runProgram('migrate', {});
    expect(await exit).toBe(78);
    expect(output.stderr).toContain('  DATABASE_URL: is required\n');
  });
});
