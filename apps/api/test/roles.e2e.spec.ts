import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createGatewaySandbox } from '@zhimaper/gateway-sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Sealer } from '../src/audit/sealer.js';
import { Jobs } from '../src/jobs/jobs.js';
import { BATCH_LINES } from '../src/jobs/queues.js';
import { migrate } from '../src/database/migrator.js';
import { apply, EXAMPLE } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { until } from './support/until.js';
import { connectTo, createTestDatabase, type TestDatabase } from './support/test-database.js';

const ROLE = `api "service" ${process.env['JEST_WORKER_ID']}`;
const PASSWORD = 'p@ss';

let database: TestDatabase;
let service: DataSource;
let api: TestApi;

beforeAll(async () => {
  database = await createTestDatabase();
  const quoted = `"${ROLE.replaceAll('"', '""')}"`;
  const [role] = await database.query<unknown>('SELECT FROM pg_roles WHERE rolname = $1', [ROLE]);
  if (!role) await database.query(`CREATE ROLE ${quoted} LOGIN PASSWORD '${PASSWORD}'`);
  const owner = await connectTo(database.url, 2);
  await migrate(owner, ROLE);
  await migrate(owner, new URL(database.url).username);
  await owner.destroy();
  const url = new URL(database.url);
  url.username = encodeURIComponent(ROLE);
  url.password = encodeURIComponent(PASSWORD);
  service = await connectTo(url.href);
  const spoolDir = join(process.env['ZHIMAPER_TEST_SPOOL_DIR']!, randomUUID());
  const sandbox = await createGatewaySandbox();
  const beside = { database: { ...database, close: () => Promise.resolve() }, sandbox, spoolDir };
  const variables = {
    DATABASE_URL: url.href,
    GATEWAY_CALLS_PER_SECOND: '1000',
    BATCH_CONCURRENCY: '0',
  };
  api = await startTestApi(variables, { beside });
});
afterAll(async () => {
  await api.close();
  await api.sandbox.close();
  await service.destroy();
  await database.close();
});

describe("the service's role", () => {
  it('can do all that the service does', async () => {
    expect((await api.request('/health/ready')).status).toBe(200);
    const key = await api.issueKey([
      'authorizations:write',
      'authorizations:read',
      'authorizations:erase',
      'authorizations:resolve',
      'tokens:read',
      'audit:read',
    ]);
    const { status, body } = await apply(api, key, 'k-1', EXAMPLE);
    expect(status).toBe(201);
    const revealed = await api.request(`/v1/authorizations/${body.id}/token`, { key });
    expect(revealed.status).toBe(200);
    api.sandbox.addScenario({ times: 1, then: { unsigned: true } });
    const unknown = await apply(api, key, 'k-2', { ...EXAMPLE, linkedMerchantId: '1' });
    expect(unknown.status).toBe(504);
    const erased = await api.request(`/v1/authorizations/${unknown.body.authorizationId}`, {
      method: 'DELETE',
      key,
    });
    expect(erased.status).toBe(204);
    const verified = await api.request('/v1/audit-events/verification', { method: 'POST', key });
    expect(verified.body).toMatchObject({ verified: true, events: 7 });
    const sealed = () => database.query('SELECT FROM audit_seals');
    await until(async () => {
      await api.app.get(Sealer).seal();
      return (await sealed()).length > 0;
    });
  });

  it('sends jobs, does them and looks after the queue', async () => {
    const jobs = api.app.get(Jobs);
    const batchId = '0193f000-0000-7000-8000-000000000002';
    await jobs.send(BATCH_LINES, [{ batchId, lane: 9 }]);
    const done: number[] = [];
    jobs.work(BATCH_LINES, { concurrency: 1 }, ({ lane }) => {
      done.push(lane);
      return Promise.resolve();
    });
    await until(() => done.length === 1);
    await jobs.maintain();
    await until(async () => {
      const states = await database.query('SELECT state FROM pgboss.job');
      return JSON.stringify(states) === '[{"state":"completed"}]';
    });
    expect(done).toEqual([9]);
    expect(await database.query('SELECT FROM scheduled_work')).not.toEqual([]);
    expect(await database.query('SELECT FROM gateway_budget')).toHaveLength(1);
  });

  it.each([
    "SELECT pgboss.create_queue('more', '{}')",
    'UPDATE pgboss.queue SET retry_limit = 9',
    'UPDATE pgboss.version SET version = 1',
    'DROP TABLE pgboss.job',
    'CREATE TABLE pgboss.t (x int)',
    'DELETE FROM audit_events',
    "UPDATE audit_events SET action = 'a.b'",
    'TRUNCATE audit_events',
    'DELETE FROM audit_seals',
    'UPDATE audit_seals SET events = 1',
    'ALTER TABLE audit_events DISABLE TRIGGER ALL',
    'DROP TRIGGER append_only ON audit_events',
    'SET session_replication_role = replica',
    'DELETE FROM schema_migrations',
    'DROP TABLE authorizations',
    'ALTER TABLE authorizations ADD COLUMN x int',
    'CREATE TABLE t (x int)',
    'TRUNCATE authorizations CASCADE',
    `CREATE OR REPLACE FUNCTION audit_position(transaction xid8) RETURNS bigint LANGUAGE sql RETURN 0`,
  ])('cannot %s', async (sql) => {
    await expect(service.query(sql)).rejects.toThrow(/permission denied|must be owner/);
  });
});
