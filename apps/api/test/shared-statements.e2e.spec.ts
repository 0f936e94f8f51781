import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apply, someone } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { connectTo } from './support/test-database.js';
import { until } from './support/until.js';

const TOGETHER = 12;

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi({ SWEEP_INTERVAL_MS: '100', DATABASE_TIMEOUT_MS: '4000' });
  await api.database.query(`
    CREATE FUNCTION refuse_some() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '22023'; END $$`);
});
beforeEach(async () => {
  await api.reset();
  key = await api.issueKey(['authorizations:write', 'authorizations:read']);
});
afterEach(() => api.database.query('DROP TRIGGER IF EXISTS refuse_some ON authorizations'));
afterAll(async () => {
  await api.database.query('DROP FUNCTION refuse_some');
  await api.close();
});

/** Makes the database refuse a statement because of some of the rows that it writes. */
async function refuse(when: string): Promise<void> {
  await api.database.query(`
    CREATE TRIGGER refuse_some BEFORE ${when} EXECUTE FUNCTION refuse_some()`);
}

/**
 * Applies for several people, one of whom has the reference that is refused, while nobody can write to a table: what
 * waits for it is then written together.
 */
async function applyTogether(table: string): Promise<number[]> {
  const other = await connectTo(api.database.url);
  await other.query('BEGIN');
  await other.query(`LOCK TABLE ${table} IN EXCLUSIVE MODE`);
  const applications = Array.from({ length: TOGETHER }, (_, n) =>
    apply(api, key, `k-${n}`, someone({ reference: n === 5 ? 'refused' : `fine-${n}` })),
  );
  await until(async () => {
    const [waiting] = await api.database.query<{ statements: number }>(
      "SELECT count(*)::int AS statements FROM pg_stat_activity WHERE wait_event = 'relation'",
    );
    return waiting!.statements >= 2;
  });
  await other.query('COMMIT');
  await other.destroy();
  return (await Promise.all(applications)).map(({ status }) => status);
}

const statuses = async () =>
  api.database.query(
    'SELECT status, count(*)::int AS rows FROM authorizations GROUP BY status ORDER BY status',
  );

describe('applications that share a statement', () => {
  it('come to nothing one by one where the database refuses a row of theirs, before the call', async () => {
    await refuse("INSERT ON authorizations FOR EACH ROW WHEN (NEW.reference = 'refused')");
    const answers = await applyTogether('idempotency_keys');
    expect(answers.filter((status) => status === 201)).toHaveLength(TOGETHER - 1);
    expect(answers[5]).toBe(500);
    expect(await statuses()).toEqual([{ status: 'authorized', rows: TOGETHER - 1 }]);
    expect(api.sandbox.ledger().requests).toHaveLength(TOGETHER - 1);
  });

  it('do not fail with one whose row is locked', async () => {
    const other = await connectTo(api.database.url);
    const person = someone({ reference: 'locked' });
    const first = await apply(api, key, 'k-first', person);
    await other.query('BEGIN');
    await other.query('SELECT FROM idempotency_keys FOR UPDATE');
    const applications = Array.from({ length: TOGETHER }, (_, n) =>
      n === 5 ? apply(api, key, 'k-first', person) : apply(api, key, `k-${n}`, someone()),
    );
    const others = applications.filter((_, n) => n !== 5);
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual(
      Array.from({ length: TOGETHER - 1 }, () => 201),
    );
    await other.query('COMMIT');
    await other.destroy();
    expect((await applications[5]!).body.id).toBe(first.body.id);
  });

  it('are kept one by one where the database refuses a row of theirs, after the call', async () => {
    await refuse(
      "UPDATE ON authorizations FOR EACH ROW WHEN (NEW.reference = 'refused' AND NEW.status = 'authorized')",
    );
    const answers = await applyTogether('authorization_tokens');
    expect(answers.filter((status) => status === 201)).toHaveLength(TOGETHER - 1);
    expect(answers[5]).toBe(504);
    expect(await statuses()).toEqual([
      { status: 'authorized', rows: TOGETHER - 1 },
      { status: 'pending', rows: 1 },
    ]);
    await api.database.query('ALTER TABLE authorizations DISABLE TRIGGER refuse_some');
    await until(async () => (await statuses()).length === 1);
    expect(await statuses()).toEqual([{ status: 'authorized', rows: TOGETHER }]);
    expect(api.sandbox.ledger().requests).toHaveLength(TOGETHER);
  });
});
