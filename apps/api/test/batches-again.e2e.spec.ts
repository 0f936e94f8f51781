import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { someone } from './support/applications.js';
import { jsonLines, upload } from './support/batches.js';
import { beginUpload } from './support/slow-upload.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { until } from './support/until.js';

const SILENCE_MS = 1_500;

let api: TestApi;
let key: string;
/** An ordinary request whose body never ends, and how it is answered in the meantime. */
let slowRequest: ReturnType<typeof beginUpload>['answer'];

beforeAll(async () => {
  api = await startTestApi({ ROLE: 'api', BATCH_UPLOAD_SILENCE_MS: String(SILENCE_MS) });
  key = await api.issueKey(['batches:write', 'batches:read']);
  const endless = beginUpload(api, key, 'slow', {
    path: '/v1/authorizations',
    type: 'application/json',
  });
  slowRequest = endless.answer;
  await endless.send('{');
});
afterAll(() => api.close());

const people = (count: number) => Array.from({ length: count }, () => someone());

/** The client's batches as they are stored: how far they are, how many lines, whether these are numbered from 1. */
async function stored(status: string) {
  return api.database.query<{ id: string; lines: number; last: number }>(
    `SELECT b.id, count(*)::int AS lines, max(l.number) AS last
     FROM batches b JOIN batch_lines l ON l.batch_id = b.id WHERE b.status = $1 GROUP BY b.id`,
    [status],
  );
}

describe('an upload that is sent again', () => {
  it('answers the present state', async () => {
    const lines = jsonLines([...people(600), {}]);
    const first = await upload(api, key, 'a-1', lines);
    const again = await upload(api, key, 'a-1', lines);
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([
      ...[null, 'true'],
    ]);
  });

  it('is a batch of its own for another client', async () => {
    const lines = jsonLines(people(1));
    const other = await api.issueKey(['batches:write', 'batches:read']);
    const [first, second] = [
      await upload(api, key, 'a-2', lines),
      await upload(api, other, 'a-2', lines),
    ];
    expect([first.status, second.status, first.body.id === second.body.id]).toEqual([
      ...[201, 201, false],
    ]);
  });

  it.each<[string, (lines: unknown[]) => unknown[]]>([
    ['a changed line', (lines) => [...lines.slice(0, 599), someone()]],
    ['a line fewer', (lines) => lines.slice(1)],
    ['its last line missing', (lines) => lines.slice(0, -1)],
    ['a line more', (lines) => [...lines, someone()]],
    ['another bad line', (lines) => [...lines.slice(0, 599), { no: 1 }]],
  ])('is refused with %s', async (_what, change) => {
    const lines = people(600);
    const idempotencyKey = `a-3 ${_what}`.replaceAll(' ', '-');
    const { body } = await upload(api, key, idempotencyKey, jsonLines(lines));
    const changed = await upload(api, key, idempotencyKey, jsonLines(change(lines)));
    expect([changed.status, changed.body.code, changed.body.batchId]).toEqual([
      ...[422, 'idempotency-key-reused', body.id],
    ]);
    const { body: after } = await api.request(`/v1/batches/${body.id}`, { key });
    expect(after).toEqual(body);
  });

  it('gets to know that it is refused, however much is still to come', async () => {
    await upload(api, key, 'a-4', jsonLines(people(1)));
    const answer = await upload(api, key, 'a-4', jsonLines(people(20_000)));
    expect([answer.status, answer.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('twice at once is one batch', async () => {
    const lines = jsonLines(people(3_000));
    const answers = await Promise.all([1, 2, 3].map(() => upload(api, key, 'a-5', lines)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ lineCount: 3_000, counts: { waiting: 3_000 } });
    const replayed = answers.filter(({ headers }) => headers.has('idempotent-replayed'));
    expect(replayed.length).toBe(2);
  });
});

describe('an upload that breaks off', () => {
  it('goes on where it was', async () => {
    const bodies = people(1_400);
    const broken = beginUpload(api, key, 'b-1');
    await broken.send(jsonLines(bodies.slice(0, 1_200)));
    const [batch] = await until(async () => {
      const found = await stored('receiving');
      return found.length > 0 && found;
    });
    broken.abort();
    expect(await broken.answer).toBe('broken');
    const { body: half } = await api.request(`/v1/batches/${batch!.id}`, { key });
    expect(half).toMatchObject({ status: 'receiving', receivedAt: null });
    const whole = await upload(api, key, 'b-1', jsonLines(bodies));
    expect([whole.status, whole.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect(whole.body).toMatchObject({ id: batch!.id, status: 'running', lineCount: 1_400 });
    const problem = api.lines.filter((line) => line.includes('internal-error'));
    expect(problem).toEqual([]);
  });

  it('takes no other lines', async () => {
    const bodies = people(600);
    const broken = beginUpload(api, key, 'b-2');
    await broken.send(jsonLines(bodies));
    const [batch] = await until(async () => {
      const found = await stored('receiving');
      return found.length > 0 && found;
    });
    broken.abort();
    const fewer = await upload(api, key, 'b-2', jsonLines(bodies.slice(0, 100)));
    const other = await upload(api, key, 'b-2', jsonLines(people(600)));
    expect([fewer.body.code, other.body.code, other.body.batchId]).toEqual([
      ...['idempotency-key-reused', 'idempotency-key-reused', batch!.id],
    ]);
    const { body } = await api.request(`/v1/batches/${batch!.id}/cancel`, { method: 'POST', key });
    expect(body).toMatchObject({ status: 'cancelled', receivedAt: null });
    const again = await upload(api, key, 'b-2', jsonLines(bodies));
    expect([again.status, again.body.code, again.body.batchId]).toEqual([
      ...[409, 'batch-ended', batch!.id],
    ]);
  });

  it('is given up where nothing arrives for too long', async () => {
    const silent = beginUpload(api, key, 's-1');
    await silent.send('{"certType":');
    expect(await silent.answer).toEqual({
      status: 408,
      body: expect.objectContaining({ code: 'request-timeout' }),
    });
  });

  it('is not given up as long as anything arrives', async () => {
    const slow = beginUpload(api, key, 's-2');
    const [half, rest] = ['{"a"', ':1}'];
    for (const part of [half, rest, '\n', half]) {
      await slow.send(part);
      await sleep(SILENCE_MS / 2);
    }
    await slow.send(rest);
    slow.end();
    expect(await slow.answer).toEqual({
      status: 201,
      body: expect.objectContaining({ status: 'completed', lineCount: 2 }),
    });
  });
});

it('an ordinary request has 15 s for its body, as before', async () => {
  expect(await slowRequest).toEqual({
    status: 408,
    body: expect.objectContaining({ code: 'request-timeout' }),
  });
}, 30_000);
