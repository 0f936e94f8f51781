import { readdir, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RetentionJob } from '../src/retention/retention.job.js';
import { SpoolRetentionJob } from '../src/retention/spool-retention.job.js';
import { apply, EXAMPLE, someone } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  await api.reset();
  key = await api.issueKey(['authorizations:write', 'authorizations:read'], 'acme');
});
afterAll(() => api.close());

const run = async () => {
  await api.app.get(RetentionJob).run(new AbortController().signal);
  await api.app.get(SpoolRetentionJob).run();
};

/** What went, by the audit trail. */
const removed = async () => {
  const rows = await api.database.query<{ details: { kind: string; count: number } }>(
    "SELECT details FROM audit_events WHERE action = 'retention.ran' ORDER BY position, id",
  );
  return rows.map(({ details }) => [details.kind, details.count]);
};

const REJECTED = { mobile: '13800000005' };

describe('retention', () => {
  it('removes nothing that is young', async () => {
    await apply(api, key, 'k-1', EXAMPLE);
    await apply(api, key, 'k-2', someone(REJECTED));
    await run();
    expect(await removed()).toEqual([]);
  });

  it('removes expired idempotency keys, however many', async () => {
    await apply(api, key, 'k-1', EXAMPLE);
    await api.database.query(
      `INSERT INTO idempotency_keys SELECT client_id, route, sha256(n::text::bytea), fingerprint, authorization_id,
         created_at, now() - interval '1 s' FROM idempotency_keys, generate_series(1, 1200) n`,
    );
    await run();
    expect(await removed()).toEqual([
      ['idempotency-keys', 500],
      ['idempotency-keys', 500],
      ['idempotency-keys', 200],
    ]);
    expect(await api.database.query('SELECT 1 FROM idempotency_keys')).toHaveLength(1);
  });

  it('forgets who was rejected 90 days ago, and nobody who is authorised or unresolved', async () => {
    const granted = await apply(api, key, 'k-1', EXAMPLE);
    const rejected = await apply(api, key, 'k-2', someone(REJECTED));
    api.sandbox.addScenario({ times: 1, then: { subCode: 'SYSTEM_ERROR' } });
    const unknown = await apply(api, key, 'k-3', someone());
    const shown = async (id: string | undefined) =>
      (await api.request<{ subject: unknown }>(`/v1/authorizations/${id}`, { key })).body.subject;
    const age = (days: number) =>
      api.database.query(`UPDATE authorizations SET updated_at = now() - interval '${days} days'`);
    await age(89);
    await run();
    expect(await shown(rejected.body.authorizationId)).toMatchObject({ name: '*三' });
    await age(91);
    await run();
    expect(await removed()).toEqual([['people', 1]]);
    expect(await shown(rejected.body.authorizationId)).toBe(null);
    expect(await shown(granted.body.id)).toMatchObject({ name: '*三' });
    expect(await shown(unknown.body.authorizationId)).toMatchObject({ name: '*三' });
    const replay = await apply(api, key, 'k-2', someone(REJECTED));
    expect(replay.status).toBe(422);
  });

  it('removes old attempts and answers, except of who is unresolved', async () => {
    api.sandbox.addScenario({ times: 1, then: { unsigned: true } });
    const unknown = await apply(api, key, 'k-1', EXAMPLE);
    await apply(api, key, 'k-2', someone());
    await api.database.query(
      `UPDATE attempts SET id = overlay(id::text placing '017f22e2-79b0' from 1 for 13)::uuid
       WHERE id NOT IN (SELECT attempt_id FROM quarantined_answers)`,
    );
    await api.database.query("UPDATE quarantined_answers SET kept_at = now() - interval '1 year'");
    await run();
    expect(await removed()).toEqual([['attempts', 1]]);
    await api.database.query(
      "UPDATE authorizations SET status = 'abandoned', resolution = 'abandoned', resolved_at = now() WHERE id = $1",
      [unknown.body.authorizationId],
    );
    await run();
    expect(await removed()).toEqual([
      ['attempts', 1],
      ['quarantine', 1],
    ]);
  });

  it('removes old spool files that were set aside, except those that somebody waits for', async () => {
    api.sandbox.addScenario({ times: 1, then: { resetAfter: true } });
    await apply(api, key, 'k-1', EXAMPLE);
    const [open] = await api.database.query<{ id: string }>('SELECT id FROM attempts');
    const foreign = '01900000-0000-7000-8000-000000000001';
    const names = [
      `${open!.id}.spool-aside`,
      `${foreign}.spool-aside`,
      'no-uuid.spool-aside',
      'young.spool-aside',
    ];
    const old = Date.now() / 1000 - 91 * 86_400;
    for (const name of names) {
      const path = join(api.spoolDir, name);
      await writeFile(path, 'unreadable');
      if (!name.startsWith('young')) await utimes(path, old, old);
    }
    await run();
    expect(await removed()).toEqual([['spool', 2]]);
    expect((await readdir(api.spoolDir)).sort()).toEqual(
      [`${open!.id}.spool-aside`, 'young.spool-aside'].sort(),
    );
    await unlink(join(api.spoolDir, `${open!.id}.spool-aside`));
  });

  it('may be run by several instances at once', async () => {
    const file = join(api.spoolDir, 'shared.spool-aside');
    await writeFile(file, 'unreadable');
    await utimes(file, 0, 0);
    await apply(api, key, 'k-1', EXAMPLE);
    await api.database.query(
      `INSERT INTO idempotency_keys SELECT client_id, route, sha256(n::text::bytea), fingerprint, authorization_id,
         created_at, now() - interval '1 s' FROM idempotency_keys, generate_series(1, 300) n`,
    );
    await Promise.all([run(), run(), run()]);
    const sums: Record<string, number> = {};
    for (const [kind, count] of await removed()) sums[kind!] = (sums[kind!] ?? 0) + Number(count);
    expect(sums).toEqual({ 'idempotency-keys': 300, spool: 1 });
  });
});
