import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apply, EXAMPLE } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { TestFaults } from './support/test-faults.js';
import { until } from './support/until.js';

const faults = new TestFaults();
const SETTINGS = {
  SWEEP_INTERVAL_MS: '100',
  ALIPAY_TIMEOUT_MS: '5000',
  ATTEMPT_MARGIN_MS: '60000',
};

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi(SETTINGS, { faults });
});
beforeEach(async () => {
  faults.clear();
  await api.reset();
  for (const file of await files()) await rm(join(api.spoolDir, file));
  key = await api.issueKey(['authorizations:write', 'authorizations:read', 'tokens:read']);
});
afterAll(() => api.close());

const files = () => readdir(api.spoolDir);
const statusOf = async (id: string | undefined) =>
  (await api.request(`/v1/authorizations/${id}`, { key })).body['status'];
const tokenOf = async (id: string | undefined) =>
  (await api.request(`/v1/authorizations/${id}/token`, { key })).body['accessToken'];
const issued = () => api.sandbox.ledger().tokens.map(({ accessToken }) => accessToken);

describe('an outcome that the database does not take', () => {
  it('is answered with 504, spooled without a trace of the person, and stored later', async () => {
    faults.set('before-commit', 'fail');
    faults.set('replay-found', 'fail');
    const { status, body } = await apply(api, key, 'k-1', EXAMPLE);
    expect([status, body.code]).toEqual([504, 'unknown-outcome']);
    const [file, ...others] = await files();
    expect(others).toEqual([]);
    expect(file).toMatch(/^[\da-f-]{36}\.spool$/);
    const content = await readFile(join(api.spoolDir, file!), 'latin1');
    expect(content).not.toMatch(/330701199901011311|13588111111|authorized|accessToken/);
    expect(content).not.toContain(issued()[0]);
    expect((await apply(api, key, 'k-1', EXAMPLE)).status).toBe(409);

    faults.clear();
    await until(async () => (await files()).length === 0);
    expect(await tokenOf(body.authorizationId)).toBe(issued()[0]);
    const again = await apply(api, key, 'k-1', EXAMPLE);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(api.sandbox.ledger().requests).toHaveLength(1);
  });

  it('is recognised where only the answer to the commit was lost', async () => {
    faults.set('after-commit', 'fail');
    const { status, body } = await apply(api, key, 'k-1', EXAMPLE);
    expect(status).toBe(504);
    await until(() => faults.reached.includes('replay-removed'));
    expect([await files(), await statusOf(body.authorizationId)]).toEqual([[], 'authorized']);
    expect(await tokenOf(body.authorizationId)).toBe(issued()[0]);
    expect(
      await api.database.query(
        "SELECT count(*)::int AS events FROM audit_events WHERE action = 'authorization.settled'",
      ),
    ).toEqual([{ events: 1 }]);
  });

  it.each([
    ['a rejection', '13800000005', 'rejected'],
    ['a failure', '13800004005', 'failed'],
    ['a forgery', '13800001000', 'unknown'],
  ])('is stored later whatever it is: %s', async (_what, mobile, expected) => {
    faults.set('before-commit', 'fail');
    const { body } = await apply(api, key, 'k-1', { ...EXAMPLE, mobile });
    await until(async () => (await files()).length === 0);
    expect(await statusOf(body.authorizationId)).toBe(expected);
  });

  it('is stored at the next start where the process died', async () => {
    faults.set('before-commit', 'fail');
    faults.set('replay-found', 'fail');
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    // Another instance on the same folder, as after a restart.
    const next = await startTestApi(SETTINGS, { beside: api });
    try {
      await until(async () => (await files()).length === 0);
      expect(await statusOf(body.authorizationId)).toBe('authorized');
    } finally {
      await next.close();
    }
  });

  it('is stored where the process died before the file had its name', async () => {
    faults.set('before-commit', 'fail');
    faults.set('spool-written', 'freeze');
    void apply(api, key, 'k-1', EXAMPLE).catch(() => undefined);
    await until(async () => (await files()).some((name) => name.endsWith('.spool-part')));
    const next = await startTestApi(SETTINGS, { beside: api });
    try {
      await until(async () => (await files()).length === 0);
      const [stored] = await api.database.query<{ id: string; status: string }>(
        'SELECT id, status FROM authorizations',
      );
      expect([stored!.status, await tokenOf(stored!.id)]).toEqual(['authorized', issued()[0]]);
    } finally {
      await next.close();
    }
  });

  it('is held in memory where the disk fails too, which readiness tells', async () => {
    faults.set('before-commit', 'fail');
    faults.set('before-spool', 'fail');
    faults.set('replay-found', 'fail');
    const { status, body } = await apply(api, key, 'k-1', EXAMPLE);
    expect([status, await files()]).toEqual([504, []]);
    const ready = await api.request('/health/ready');
    expect([ready.status, ready.body]).toEqual([
      503,
      { status: 'not-ready', database: 'up', schema: 'current', spool: 'failing', draining: false },
    ]);
    faults.clear();
    await until(async () => (await statusOf(body.authorizationId)) === 'authorized');
    await until(async () => (await api.request('/health/ready')).status === 200);
  });
});

describe('a file that cannot be stored', () => {
  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 60)],
    ['changed', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.of(0)])],
    [
      'of another key',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 2), Buffer.from('T'), bytes.subarray(3)]),
    ],
    ['empty', () => Buffer.alloc(0)],
  ])('is set aside and does not stand in the way: %s', async (_what, damage) => {
    faults.set('before-commit', 'fail');
    faults.set('replay-found', 'fail');
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    const [file] = await files();
    const bytes = await readFile(join(api.spoolDir, file!));
    const name = '00000000-0000-7000-8000-000000000000.spool';
    await writeFile(join(api.spoolDir, `${name}-half`), damage(bytes));
    await rename(join(api.spoolDir, `${name}-half`), join(api.spoolDir, name));
    faults.clear();
    await until(async () => (await statusOf(body.authorizationId)) === 'authorized');
    await until(async () => (await files()).includes(`${name}-aside`));
    expect(await files()).toEqual([`${name}-aside`]);
    expect(await readFile(join(api.spoolDir, `${name}-aside`))).toEqual(damage(bytes));
    const lines = api.lines.filter((line) => line.includes('a spooled outcome was set aside'));
    expect(lines).toHaveLength(1);
  });

  it('is set aside where it belongs to another database, and stored once it is back', async () => {
    faults.set('before-commit', 'fail');
    faults.set('replay-found', 'fail');
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    const [file] = (await files()).filter((name) => name.endsWith('.spool'));
    const elsewhere = join(api.spoolDir, '..', 'elsewhere');
    await mkdir(elsewhere);
    await copyFile(join(api.spoolDir, file!), join(elsewhere, file!));
    await api.database.query(
      "UPDATE attempts SET id = '01900000-0000-7000-8000-000000000009' WHERE authorization_id = $1",
      [body.authorizationId],
    );
    const other = await startTestApi({ ...SETTINGS, SPOOL_DIR: elsewhere }, { beside: api });
    await until(async () => (await readdir(elsewhere)).includes(`${file}-aside`));
    await other.close();
    await api.database.query('UPDATE attempts SET id = $1', [file!.slice(0, -'.spool'.length)]);
    const back = await startTestApi({ ...SETTINGS, SPOOL_DIR: elsewhere }, { beside: api });
    try {
      await until(async () => (await readdir(elsewhere)).length === 0);
      expect(await statusOf(body.authorizationId)).toBe('authorized');
    } finally {
      await back.close();
    }
  });
});
