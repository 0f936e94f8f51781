import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Sealer } from '../src/audit/sealer.js';
import { SealsRepository } from '../src/audit/seals.repository.js';
import { apply, someone } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { connectTo } from './support/test-database.js';
import { until } from './support/until.js';

const ROWS = 2_000;
/** From then on Postgres may keep a plan that was made without knowing the values. */
const PLANNED_ANEW = 6;

let api: TestApi;
let key: string;
/** One connection, which keeps its plans. */
let session: DataSource;

beforeAll(async () => {
  api = await startTestApi({ ROLE: 'api' });
  // As in the minute before the first statistics.
  for (const table of ['authorizations', 'audit_events']) {
    await api.database.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
  }
  session = await connectTo(api.database.url);
});
beforeEach(async () => {
  await api.reset();
  key = await api.issueKey(['authorizations:write']);
});
afterAll(async () => {
  await session.destroy();
  await api.close();
});

/** How many rows of a table some work reads on the one connection. */
async function rowsRead(table: string, work: () => Promise<unknown>): Promise<number> {
  await session.query('BEGIN');
  await work();
  const [read] = await session.query<{ rows: number }[]>(
    `SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS rows
     FROM pg_stat_xact_user_tables WHERE relname = $1`,
    [table],
  );
  await session.query('COMMIT');
  return read!.rows;
}

/** Copies a table's one row, each copy with other values in some columns. */
async function copyRow(table: string, changes: string): Promise<void> {
  await session.query(
    `INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object(${changes}))).*
     FROM ${table} t, generate_series(1, ${ROWS}) n WHERE t.id = (SELECT id FROM ${table} LIMIT 1)`,
  );
}

describe('without statistics, and with a plan that was made when there was nothing', () => {
  it('whether a person is authorised is asked of that person alone', async () => {
    const ask = () =>
      session.query(
        "SELECT refuse_if_authorized(gen_random_uuid(), 'app', 'x'), refuse_if_authorized(client_id, app_id, 'x') FROM authorizations LIMIT 1",
      );
    expect((await apply(api, key, 'k-1', someone())).status).toBe(201);
    for (let n = 0; n < PLANNED_ANEW; n += 1) await ask();
    await copyRow(
      'authorizations',
      "'id', gen_random_uuid(), 'subject_hash', '\\x' || encode(sha256(n::text::bytea), 'hex')",
    );
    // Planning looks at some, too.
    expect(await rowsRead('authorizations', ask)).toBeLessThan(50);
  });

  it('whether anything is to be sealed is asked of the newest event alone', async () => {
    const seals = new SealsRepository(session);
    expect((await apply(api, key, 'k-1', someone())).status).toBe(201);
    for (let n = 0; n < PLANNED_ANEW; n += 1) await seals.isAnythingToDo();
    await copyRow('audit_events', "'id', gen_random_uuid()");
    await until(async () => {
      await api.app.get(Sealer).seal();
      return !(await seals.isAnythingToDo());
    });
    expect(await rowsRead('audit_events', () => seals.isAnythingToDo())).toBeLessThan(50);
  });
});
