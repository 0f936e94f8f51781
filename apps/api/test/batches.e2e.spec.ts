import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apply, someone } from './support/applications.js';
import { itemsOf, jsonLines, upload } from './support/batches.js';
import { startTestApi, type TestApi } from './support/test-api.js';

const SCOPES = ['batches:write', 'batches:read', 'authorizations:write'];

let api: TestApi;
let key: string;

beforeAll(async () => {
  // Nobody works on the batches.
  api = await startTestApi({ ROLE: 'api' });
});
afterAll(() => api.close());

async function reset(): Promise<void> {
  await api.reset();
  key = await api.issueKey(SCOPES);
}

const create = async (bodies: readonly object[] = [someone()]) =>
  (await upload(api, key, randomUUID(), jsonLines(bodies))).body;

const ask = (id: string, what: 'pause' | 'resume' | 'cancel') =>
  api.request<{ status: string; pauseReason: string | null; code?: string; batchId?: string }>(
    `/v1/batches/${id}/${what}`,
    { method: 'POST', key },
  );

const actions = async () =>
  (
    await api.database.query<{ action: string }>(
      "SELECT action FROM audit_events WHERE action LIKE 'batch.%' ORDER BY id",
    )
  ).map(({ action }) => action);

describe('a batch', () => {
  beforeEach(reset);

  it('is paused, resumed and cancelled, as often as that is asked for', async () => {
    const { id } = await create();
    const states = [];
    for (const what of ['pause', 'pause', 'resume', 'resume', 'cancel', 'cancel'] as const) {
      const { status, body } = await ask(id, what);
      states.push([status, body.status, body.pauseReason]);
    }
    expect(states).toEqual([
      [200, 'paused', 'requested'],
      [200, 'paused', 'requested'],
      [200, 'running', null],
      [200, 'running', null],
      [200, 'cancelled', null],
      [200, 'cancelled', null],
    ]);
    expect(await actions()).toEqual([
      ...['batch.received', 'batch.paused', 'batch.resumed', 'batch.cancelled'],
    ]);
  });

  it('gets its turns when it is resumed', async () => {
    const { id } = await create([someone(), someone(), {}]);
    await ask(id, 'pause');
    await api.database.query('DELETE FROM pgboss.job');
    await ask(id, 'resume');
    const jobs = await api.database.query<{ data: object }>(
      "SELECT data FROM pgboss.job ORDER BY (data->>'lane')::int",
    );
    expect(jobs.map(({ data }) => data)).toEqual([1, 2, 3].map((lane) => ({ batchId: id, lane })));
  });

  it('is cancelled when it is paused', async () => {
    const { id } = await create();
    await ask(id, 'pause');
    expect((await ask(id, 'cancel')).body).toMatchObject({
      status: 'cancelled',
      pauseReason: null,
    });
  });

  it('that has ended does not change', async () => {
    const { id: completed } = await create([{}]);
    const { id: cancelled } = await create();
    await ask(cancelled, 'cancel');
    const answers = [
      ...[await ask(completed, 'pause'), await ask(completed, 'resume')],
      ...[await ask(completed, 'cancel'), await ask(cancelled, 'pause')],
      await ask(cancelled, 'resume'),
    ];
    expect(answers.map(({ status, body }) => [status, body.code, body.batchId])).toEqual([
      ...[409, 409, 409].map((status) => [status, 'batch-ended', completed]),
      ...[409, 409].map((status) => [status, 'batch-ended', cancelled]),
    ]);
  });

  it('that is being received can only be cancelled', async () => {
    const { id } = await create();
    await api.database.query("UPDATE batches SET status = 'receiving', received_at = NULL");
    const answers = [await ask(id, 'pause'), await ask(id, 'resume'), await ask(id, 'cancel')];
    expect(answers.map(({ status, body }) => [status, body.code ?? body.status])).toEqual([
      ...[409, 409].map((status) => [status, 'batch-receiving']),
      [200, 'cancelled'],
    ]);
  });

  it('says until when it waits', async () => {
    const { id } = await create();
    const retryAt = async (notBefore: string) => {
      await api.database.query('UPDATE batches SET not_before = $1', [notBefore]);
      return (await api.request(`/v1/batches/${id}`, { key })).body['retryAt'];
    };
    expect(await retryAt('2099-01-01T00:00:00Z')).toBe('2099-01-01T00:00:00.000Z');
    expect(await retryAt('2026-01-01T00:00:00Z')).toBe(null);
  });

  it.each(['x', randomUUID()])('%s does not exist', async (id) => {
    const paths = [`/v1/batches/${id}`, `/v1/batches/${id}/items`];
    const found = await Promise.all(paths.map((path) => api.request(path, { key })));
    expect([...found, await ask(id, 'cancel')].map(({ status }) => status)).toEqual([
      ...[404, 404, 404],
    ]);
  });
});

describe('the list of batches', () => {
  beforeEach(reset);

  const list = (query = '') =>
    api.request<{ items: { id: string }[]; nextCursor: string | null }>(`/v1/batches?${query}`, {
      key,
    });

  it('has the newest first, page by page and by status', async () => {
    const ids = [(await create()).id, (await create([{}])).id, (await create()).id];
    await upload(api, await api.issueKey(SCOPES), 'other', jsonLines([someone()]));
    const first = await list('limit=2');
    expect(first.body.items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const second = await list(`limit=2&cursor=${first.body.nextCursor}`);
    expect([second.body.items.map(({ id }) => id), second.body.nextCursor]).toEqual([
      ...[[ids[0]], null],
    ]);
    const running = await list('status=running');
    expect(running.body.items.map(({ id }) => id)).toEqual([ids[2], ids[0]]);
  });

  it('refuses what it does not know', async () => {
    const answers = [await list('status=done'), await list('cursor=x'), await list('a=b')];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  });
});

describe('the items of a batch', () => {
  const FORMULA = '=HYPERLINK("http://x")';
  let id: string;

  const items = (query: string, accept?: string) =>
    api.request(`/v1/batches/${id}/items?${query}`, {
      key,
      headers: accept === undefined ? {} : { accept },
    });

  /** A batch of 1,205 lines, some of which have ended. */
  beforeAll(async () => {
    await reset();
    const bodies = Array.from({ length: 1_205 }, (_, at) =>
      at % 100 === 99 ? { a: 1 } : someone({ reference: `r-${at + 1}` }),
    );
    bodies[0] = someone({ reference: FORMULA });
    ({ id } = await create(bodies));
    const { body: granted } = await apply(api, key, 'k-1', someone());
    const { body: rejected } = await apply(api, key, 'k-2', someone({ mobile: '13800000005' }));
    const end = (number: number, status: string, authorizationId: string | null, code?: string) =>
      api.database.query(
        `UPDATE batch_lines SET status = $2, authorization_id = $3, code = $4, application_cell = NULL,
           ended_at = '2026-11-28T12:00:00Z' WHERE number = $1`,
        [number, status, authorizationId, code ?? null],
      );
    await end(1, 'authorized', granted.id);
    await end(2, 'rejected', rejected.authorizationId!);
    await end(3, 'refused', granted.id, 'already-authorized');
    await api.database.query(
      "UPDATE authorizations SET gateway_trace_id = 't' WHERE gateway_trace_id IS NOT NULL",
    );
  });

  it('say how each line ended', async () => {
    const { body } = await items('limit=4');
    const endedAt = '2026-11-28T12:00:00.000Z';
    const authorizationId = expect.stringMatching(/^[\da-f-]{36}$/);
    expect(body).toEqual({
      items: [
        {
          ...{ number: 1, status: 'authorized', reference: FORMULA, authorizationId, endedAt },
          ...{ code: null, issues: [] },
          gateway: { code: '10000', subCode: null, class: 'success', traceId: 't' },
        },
        {
          ...{ number: 2, status: 'rejected', reference: 'r-2', authorizationId, endedAt },
          ...{ code: null, issues: [] },
          gateway: { code: '40004', subCode: 'NO_USER_ERROR', class: 'end-user', traceId: 't' },
        },
        {
          ...{ number: 3, status: 'refused', reference: 'r-3', authorizationId, endedAt },
          ...{ code: 'already-authorized', issues: [] },
          gateway: { code: '10000', subCode: null, class: 'success', traceId: 't' },
        },
        {
          ...{ number: 4, status: 'waiting', reference: 'r-4', authorizationId: null },
          ...{ code: null, issues: [], gateway: null, endedAt: null },
        },
      ],
      nextCursor: '4',
    });
  });

  it('come page by page', async () => {
    const all = await itemsOf(api, key, id);
    expect(all.map(({ number }) => number)).toEqual(
      Array.from({ length: 1_205 }, (_, at) => at + 1),
    );
    const invalid = await itemsOf(api, key, id, '&status=invalid');
    expect(invalid.map(({ number }) => number)).toEqual(
      Array.from({ length: 12 }, (_, at) => 100 * (at + 1)),
    );
    expect((await items('limit=1000')).body['items']).toHaveLength(200);
    expect((await items('')).body['items']).toHaveLength(50);
    const last = await items('cursor=1204');
    expect(last.body).toMatchObject({ items: [{ number: 1_205 }], nextCursor: null });
  });

  it.each(['application/jsonl', 'application/x-ndjson'])('come as a stream of %s', async (type) => {
    const answer = await items('', type);
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    const numbers = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { number: number }).number);
    expect(numbers).toEqual(Array.from({ length: 1_205 }, (_, at) => at + 1));
    const part = await items('cursor=1000&limit=2', type);
    expect(part.text.split('\n').map((line) => line.slice(0, 14))).toEqual([
      ...['{"number":1001', '{"number":1002', ''],
    ]);
  });

  it('come as CSV that runs nothing in a spreadsheet', async () => {
    const answer = await items('limit=4', 'text/csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const at = '2026-11-28T12:00:00.000Z';
    expect(answer.text.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, 'ID').split('\n')).toEqual([
      'number,status,reference,authorizationId,code,gatewayCode,gatewaySubCode,gatewayClass,traceId,issues,endedAt',
      `1,authorized,"'=HYPERLINK(""http://x"")",ID,,10000,,success,t,,${at}`,
      `2,rejected,r-2,ID,,40004,NO_USER_ERROR,end-user,t,,${at}`,
      `3,refused,r-3,ID,already-authorized,10000,,success,t,,${at}`,
      '4,waiting,r-4,,,,,,,,',
      '',
    ]);
    const invalid = await items('status=invalid&cursor=100&limit=1', 'text/csv');
    expect(invalid.text.split('\n')[1]).toMatch(
      /^200,invalid,,,,,,,,certType:CERT_TYPE_IS_NULL certNo:CERT_NO_IS_NULL .*\(unnamed\):UNKNOWN_MEMBER,/,
    );
  });

  it('come in no other form', async () => {
    const answer = await items('', 'application/xml');
    expect([answer.status, answer.body['code']]).toEqual([406, 'not-acceptable']);
  });

  it.each(['cursor=x', 'limit=0', 'limit=1000001', 'status=done', 'a=b'])(
    'are not selected by %s',
    async (query) => {
      expect((await items(query)).status).toBe(400);
    },
  );
});
