import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Sealer } from '../src/audit/sealer.js';
import { SealsRepository } from '../src/audit/seals.repository.js';
import { migrate } from '../src/database/migrator.js';
import { apply, EXAMPLE } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { connectTo } from './support/test-database.js';
import { until } from './support/until.js';

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi();
  await api.issueKey(['audit:read']);
  await seal();
});
beforeEach(async () => {
  await api.reset();
  key = await api.issueKey(['audit:read', 'authorizations:write', 'tokens:read']);
});
afterAll(() => api.close());

const sealOnce = () => api.app.get(Sealer).seal();

const sealed = () =>
  api.database.query<{ events: number }>('SELECT events FROM audit_seals ORDER BY number');

/**
 * Seals all there is, and answers how many seals that took: once no transaction is under way any more, be it in another
 * database of the server, and after the run at the start of the service.
 */
async function seal(): Promise<number> {
  const before = (await sealed()).length;
  const count = async (condition: string) => {
    const [row] = await api.database.query<{ count: number }>(
      `SELECT count(*)::int FROM audit_events WHERE position >= ${condition}`,
    );
    return row!.count;
  };
  const horizon = 'audit_position(pg_snapshot_xmin(pg_current_snapshot()))';
  await until(async () => (await count(horizon)) === 0);
  await until(async () => {
    await sealOnce();
    return (await count('(SELECT coalesce(max(to_position), 0) FROM audit_seals)')) === 0;
  });
  return (await sealed()).length - before;
}

const verify = async (body?: unknown) => {
  await seal();
  const answer = await api.request('/v1/audit-events/verification', {
    method: 'POST',
    key,
    ...(body === undefined ? {} : { body }),
  });
  expect(answer.status).toBe(200);
  return answer.body;
};

/** Does what only a superuser can do, past the triggers. */
const tamper = async (sql: string) => {
  await api.database.query('SET session_replication_role = replica');
  await api.database.query(sql);
  await api.database.query('RESET session_replication_role');
};

const NTH_EVENT = (nth: number) =>
  `(SELECT id FROM audit_events ORDER BY position, id OFFSET ${nth} LIMIT 1)`;

describe('seals', () => {
  it('hold every event once, and follow one another', async () => {
    await apply(api, key, 'k-1', EXAMPLE);
    expect(await seal()).toBe(1);
    expect(await seal()).toBe(0);
    await api.issueKey(['admin']);
    expect(await seal()).toBe(1);
    const seals = await api.database.query<Record<string, string>>(
      'SELECT number::int, events, from_position, to_position FROM audit_seals ORDER BY number',
    );
    expect(seals).toMatchObject([
      { number: 1, events: 3, from_position: '0' },
      { number: 2, events: 1, from_position: seals[0]!['to_position'] },
    ]);
    expect(await verify()).toEqual({
      verified: true,
      seals: 2,
      events: 4,
      unsealedEvents: 0,
      faults: 0,
      firstFault: null,
      head: { seal: 2, digest: expect.stringMatching(/^[\da-f]{64}$/) },
    });
    expect((await verify())['events']).toBe(5);
  });

  it('leave out nothing that is committed late, and nobody waits for them', async () => {
    const late = await connectTo(api.database.url);
    const runner = late.createQueryRunner();
    try {
      await runner.startTransaction();
      await runner.query('SELECT pg_current_xact_id()');
      const answered = apply(api, key, 'k-1', EXAMPLE);
      expect((await answered).status).toBe(201);
      // Only what was written before the late transaction began is certain.
      await until(async () => (await sealOnce()) > 0);
      await sealOnce();
      expect(await sealed()).toEqual([{ events: 1 }]);
      await runner.query(
        `INSERT INTO audit_events SELECT gen_random_uuid(), audit_position(pg_current_xact_id()),
           at, action, actor, api_key_id, client_id, authorization_id, request_id, outcome_class, sub_code, details, mac
         FROM audit_events LIMIT 1`,
      );
      await runner.commitTransaction();
      expect(await seal()).toBe(1);
      expect(await sealed()).toEqual([{ events: 1 }, { events: 3 }]);
    } finally {
      await runner.release();
      await late.destroy();
    }
  });

  it('are made once, however many processes make them', async () => {
    await apply(api, key, 'k-1', EXAMPLE);
    await Promise.all(Array.from({ length: 8 }, seal));
    const counts = (await sealed()).map(({ events }) => events);
    expect(counts.reduce((sum, count) => sum + count)).toBe(3);
    expect((await verify())['verified']).toBe(true);
  });

  it('leave what comes meanwhile to the next time', async () => {
    const seals = api.app.get(SealsRepository);
    const insert = seals.insert.bind(seals);
    let meanwhile = 0;
    const spy = jest.spyOn(seals, 'insert').mockImplementation(async (...seal) => {
      meanwhile += 1;
      if (meanwhile <= 3) await api.issueKey(['admin']);
      await insert(...seal);
    });
    try {
      await until(async () => (await sealOnce()) > 0);
      expect([meanwhile, await sealed()]).toEqual([1, [{ events: 1 }]]);
    } finally {
      spy.mockRestore();
    }
  });

  it('part no transaction, and hold at most 5,000 events otherwise', async () => {
    const copies = (count: number) =>
      api.database.query(
        `INSERT INTO audit_events (id, at, action, actor, api_key_id, client_id, details, mac)
         SELECT gen_random_uuid(), at, action, actor, api_key_id, client_id, details, mac
         FROM audit_events, generate_series(1, ${count}) WHERE position = (SELECT min(position) FROM audit_events)`,
      );
    await copies(5_100);
    await api.issueKey(['admin']);
    expect(await seal()).toBe(3);
    expect(await api.database.query('SELECT events FROM audit_seals ORDER BY number')).toEqual([
      { events: 1 },
      { events: 5_100 },
      { events: 1 },
    ]);
  });
});

describe('verification finds', () => {
  const faults: [string, string, object][] = [
    [
      'a changed event',
      `UPDATE audit_events SET action = 'authorization.resolved' WHERE id = ${NTH_EVENT(1)}`,
      { firstFault: { kind: 'event-not-genuine', seal: 1, eventId: UUID() }, faults: 1 },
    ],
    [
      'a changed instant',
      `UPDATE audit_events SET at = at + interval '1 ms' WHERE id = ${NTH_EVENT(1)}`,
      { firstFault: { kind: 'event-not-genuine', seal: 1, eventId: UUID() }, faults: 1 },
    ],
    [
      'changed details',
      `UPDATE audit_events SET details = details || '{"status": "rejected"}' WHERE id = ${NTH_EVENT(2)}`,
      { firstFault: { kind: 'event-not-genuine', seal: 1, eventId: UUID() }, faults: 1 },
    ],
    [
      'a changed code',
      `UPDATE audit_events SET mac = sha256(mac) WHERE id = ${NTH_EVENT(1)}`,
      { firstFault: { kind: 'event-not-genuine', seal: 1, eventId: UUID() }, faults: 2 },
    ],
    [
      'a removed event',
      `DELETE FROM audit_events WHERE id = ${NTH_EVENT(1)}`,
      { firstFault: { kind: 'events-removed', seal: 1, eventId: null }, faults: 1 },
    ],
    [
      'an event inserted among the sealed ones',
      `INSERT INTO audit_events (id, position, at, action, actor, api_key_id, client_id, details, mac)
       SELECT gen_random_uuid(), position, at, action, actor, api_key_id, client_id, details, mac
       FROM audit_events WHERE id = ${NTH_EVENT(1)}`,
      { firstFault: { kind: 'event-not-genuine', seal: 1, eventId: UUID() }, faults: 2 },
    ],
    [
      'an event inserted before all others',
      `INSERT INTO audit_events (id, position, at, action, actor, details, mac)
       SELECT gen_random_uuid(), -1, at, action, 'service', details, mac
       FROM audit_events WHERE id = ${NTH_EVENT(1)}`,
      { firstFault: { kind: 'event-not-genuine', seal: 1, eventId: UUID() }, faults: 2 },
    ],
    [
      'an event inserted at the end',
      `INSERT INTO audit_events (id, at, action, actor, details, mac)
       SELECT gen_random_uuid(), at, action, 'service', details, mac
       FROM audit_events WHERE id = ${NTH_EVENT(1)}`,
      { firstFault: { kind: 'event-not-genuine', seal: 3, eventId: UUID() }, faults: 1 },
    ],
    [
      'an event moved elsewhere',
      `UPDATE audit_events SET position = (SELECT max(position) FROM audit_events) WHERE id = ${NTH_EVENT(1)}`,
      { firstFault: { kind: 'events-removed', seal: 1, eventId: null }, faults: 2 },
    ],
    [
      'a changed seal',
      'UPDATE audit_seals SET sealed_at = now() WHERE number = 1',
      { firstFault: { kind: 'seal-not-genuine', seal: 1, eventId: null }, faults: 1 },
    ],
    [
      'a seal made without the key',
      'UPDATE audit_seals SET digest = sha256(digest) WHERE number = 1',
      { firstFault: { kind: 'seal-not-genuine', seal: 1, eventId: null }, faults: 2 },
    ],
    [
      'a removed seal',
      'DELETE FROM audit_seals WHERE number = 1',
      { firstFault: { kind: 'seal-missing', seal: 1, eventId: null }, faults: 2 },
    ],
    [
      'a seal removed with its events',
      `WITH gone AS (DELETE FROM audit_seals WHERE number = 1 RETURNING to_position)
       DELETE FROM audit_events USING gone WHERE position < to_position`,
      { firstFault: { kind: 'seal-missing', seal: 1, eventId: null }, faults: 2 },
    ],
  ];

  it.each(faults)('%s', async (_what, sql, expected) => {
    await apply(api, key, 'k-1', EXAMPLE);
    await seal();
    await api.issueKey(['admin']);
    await seal();
    await tamper(sql);
    expect(await verify()).toMatchObject({ verified: false, ...expected });
  });

  it('an event changed before it was sealed', async () => {
    await tamper("UPDATE audit_events SET actor = 'service', api_key_id = NULL");
    await tamper("UPDATE audit_events SET details = '{}'");
    expect(await verify()).toMatchObject({
      verified: false,
      firstFault: { kind: 'event-not-genuine', seal: 1 },
    });
  });

  it('the end cut off, when the caller has noted an earlier head', async () => {
    await apply(api, key, 'k-1', EXAMPLE);
    const { head } = await verify();
    expect(await verify({ anchor: head })).toMatchObject({ verified: true });
    await tamper('DELETE FROM audit_seals');
    await tamper('DELETE FROM audit_events');
    expect(await verify()).toMatchObject({ verified: true, events: 0 });
    expect(await verify({ anchor: head })).toMatchObject({
      verified: false,
      firstFault: { kind: 'anchor-missing', seal: 1, eventId: null },
    });
  });
});

describe('a database restored from its rows', () => {
  it('goes on with its trail once it was migrated', async () => {
    await seal();
    // As if the rows came from a server that had seen many more transactions.
    await tamper('DELETE FROM audit_seals');
    await tamper('UPDATE audit_events SET position = position + 1000000');
    await api.database.query(OFFSET(1_000_000));
    await seal();
    await api.database.query(OFFSET(0));
    await api.issueKey(['admin']);
    await expect(sealOnce()).rejects.toThrow('run migrate');
    await tamper(
      "DELETE FROM audit_events WHERE action = 'api-key.created' AND position < 1000000",
    );
    const dataSource = await connectTo(api.database.url, 2);
    try {
      await migrate(dataSource);
      await api.issueKey(['admin']);
      expect(await verify()).toMatchObject({ verified: true, seals: 2, events: 2 });
    } finally {
      await dataSource.destroy();
    }
    await api.database.query(OFFSET(0));
  });
});

function OFFSET(offset: number): string {
  return `CREATE OR REPLACE FUNCTION audit_position(transaction xid8) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE RETURN transaction::text::bigint + ${offset}`;
}

function UUID(): unknown {
  return expect.stringMatching(/^[\da-f-]{36}$/);
}
