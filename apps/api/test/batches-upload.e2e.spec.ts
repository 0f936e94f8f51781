import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXAMPLE, someone } from './support/applications.js';
import { itemsOf, jsonLines, upload } from './support/batches.js';
import { startTestApi, type TestApi } from './support/test-api.js';

const SCOPES = ['batches:write', 'batches:read'];
const NONE = {
  waiting: 0,
  authorized: 0,
  rejected: 0,
  failed: 0,
  unknown: 0,
  abandoned: 0,
  erased: 0,
  refused: 0,
  invalid: 0,
  cancelled: 0,
};
const MOST_LINES = 1_500;

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi({ ROLE: 'api', BATCH_MAX_LINES: String(MOST_LINES) });
  key = await api.issueKey(SCOPES);
});
afterAll(() => api.close());

/** Number, status and faults of each line of a batch. */
async function outcomes(batchId: string): Promise<string[]> {
  const items = await itemsOf(api, key, batchId);
  return items.map(({ number, status, issues }) =>
    [number, status, ...issues.map(({ field, code }) => `${field}:${code}`)].join(' '),
  );
}

const people = (count: number) => Array.from({ length: count }, () => someone());

async function batches(): Promise<number> {
  const [row] = await api.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM batches',
  );
  return row!.count;
}

describe('an upload of JSONL', () => {
  it('stores what is valid and records what is not', async () => {
    const { status, body } = await upload(
      api,
      key,
      'k-1',
      jsonLines([someone({ reference: 'r-1' }), { ...someone(), mobile: '' }]),
    );
    expect([status, body]).toEqual([
      201,
      {
        id: expect.any(String),
        status: 'running',
        pauseReason: null,
        lineCount: 2,
        counts: { ...NONE, waiting: 1, invalid: 1 },
        retryAt: null,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        receivedAt: expect.any(String),
        endedAt: null,
      },
    ]);
    const { text } = await api.request('/metrics');
    expect(text).toMatch(/^zhimaper_batch_lines_total\{status="invalid"\} 1$/m);
    const none = { authorizationId: null, code: null, gateway: null };
    expect(await itemsOf(api, key, body.id)).toEqual([
      {
        ...{ ...none, number: 1, status: 'waiting', reference: 'r-1', issues: [] },
        endedAt: null,
      },
      {
        ...{ ...none, number: 2, status: 'invalid', reference: null },
        issues: [{ field: 'mobile', code: 'MOBILE_IS_NULL' }],
        endedAt: expect.any(String),
      },
    ]);
  });

  it('tells of each line what is wrong with it, as the single route would', async () => {
    const long = `{"name":"${'长'.repeat(6_000)}"}`;
    const lines = [
      JSON.stringify(someone()),
      '',
      '{"certType":',
      '[]',
      'null',
      long,
      JSON.stringify({ ...someone(), 张三: 1, certno: 'x' }),
      JSON.stringify({ ...someone(), consent: undefined, confirmReapplication: 'yes' }),
      JSON.stringify({ ...someone(), reference: EXAMPLE.mobile, certNo: '', certType: 'PASSPORT' }),
      JSON.stringify({
        ...someone(),
        name: 'a\u0000b',
        consent: { ...EXAMPLE.consent, grantedAt: 'x' },
      }),
      JSON.stringify(someone()),
    ];
    const gbk = Buffer.from([0x7b, 0xd5, 0xc5, 0xc8, 0xfd, 0x7d, 0x0a]);
    const { body } = await upload(
      ...[api, key, 'k-2'],
      Buffer.concat([Buffer.from('\ufeff'), gbk, Buffer.from(lines.join('\r\n'))]),
      'application/x-ndjson; charset=UTF-8',
    );
    expect(await outcomes(body.id)).toEqual([
      '1 invalid line:NOT_UTF8',
      '2 waiting',
      '3 invalid line:NOT_JSON',
      '4 invalid line:INVALID_TYPE',
      '5 invalid line:INVALID_TYPE',
      '6 invalid line:LINE_TOO_LONG',
      '7 invalid (unnamed):UNKNOWN_MEMBER (unnamed):UNKNOWN_MEMBER',
      '8 invalid consent:REQUIRED confirmReapplication:INVALID_TYPE',
      '9 invalid certType:CERT_TYPE_INVALID certNo:CERT_NO_IS_NULL',
      '10 invalid consent.grantedAt:INVALID_FORMAT name:CONTROL_CHARACTER',
      '11 waiting',
    ]);
  });

  it('is not limited to 64 KiB, and gives every lane a turn', async () => {
    const text = jsonLines(people(MOST_LINES));
    const { status, body } = await upload(api, key, 'k-3', text);
    expect([text.length > 4 * 65_536, status, body.counts]).toEqual([
      ...[true, 201],
      { ...NONE, waiting: MOST_LINES },
    ]);
    const jobs = await api.database.query<{ lane: number }>(
      "SELECT (data->>'lane')::int AS lane FROM pgboss.job WHERE data->>'batchId' = $1 ORDER BY 1",
      [body.id],
    );
    expect(jobs.map(({ lane }) => lane)).toEqual(Array.from({ length: 16 }, (_, lane) => lane));
    const audit = await api.database.query<{ details: unknown }>(
      "SELECT details FROM audit_events WHERE action = 'batch.received' AND details->>'batchId' = $1",
      [body.id],
    );
    expect(audit).toEqual([{ details: { batchId: body.id, lines: MOST_LINES, invalid: 0 } }]);
  });

  it('is cancelled where it has too many lines', async () => {
    const { status, body } = await upload(api, key, 'k-4', jsonLines(people(MOST_LINES + 1)));
    expect([status, body.code, body.detail]).toEqual([
      413,
      'payload-too-large',
      'A batch has at most 1500 lines; this one was cancelled.',
    ]);
    const again = await upload(api, key, 'k-4', jsonLines(people(1)));
    expect([again.status, again.body.code]).toEqual([409, 'batch-ended']);
  });

  it('completes a batch of which no line is valid', async () => {
    const { status, body } = await upload(api, key, 'k-5', '{}\n{}');
    expect([status, body.status, body.counts.invalid, body.endedAt]).toEqual([
      ...[201, 'completed', 2],
      body.receivedAt,
    ]);
  });

  it('has one line at least', async () => {
    const before = await batches();
    const { status, body } = await upload(api, key, 'k-6', '\ufeff\n \n');
    expect([status, body.code, body.issues]).toEqual([
      ...[400, 'invalid-request'],
      [{ field: 'body', code: 'NO_LINES', message: 'has no lines' }],
    ]);
    expect(await batches()).toBe(before);
  });
});

describe('an upload of CSV', () => {
  const HEADER =
    'mobile,name,certNo,certType,consentReference,consentTextVersion,consentGrantedAt,reference,linkedMerchantId,confirmReapplication';
  const row = (certNo: string, reference = '') =>
    `13588111111,张三,${certNo},IDENTITY_CARD,c-1,2026-01,2026-11-24T08:00:00Z,${reference},,`;

  it('stores what is valid and records what is not', async () => {
    const lines = [
      HEADER,
      row('330701199901011311', 'r-1'),
      row('330701199901011311', '"r ""2"""'),
      '',
      row(''),
      row('330701199901011311', '"two\nlines"'),
      `${row('330701199901011311')},x`,
      `${row('330701199901011311')}true`,
      `${row('330701199901011311')}ja`,
      `"never closed,${row('330701199901011311')}`,
      row('330701199901011311', 'r-8'),
    ];
    const { body } = await upload(api, key, 'c-1', `\ufeff${lines.join('\r\n')}`, 'text/csv');
    expect(await outcomes(body.id)).toEqual([
      '1 waiting',
      '2 waiting',
      '3 invalid certNo:CERT_NO_IS_NULL',
      '4 invalid reference:CUSTOM',
      '5 invalid line:COLUMN_COUNT',
      '6 waiting',
      '7 invalid confirmReapplication:INVALID_TYPE',
      '8 invalid line:QUOTE_NOT_CLOSED',
      '9 waiting',
    ]);
    const items = await itemsOf(api, key, body.id);
    expect(items.map(({ reference }) => reference)).toEqual([
      ...['r-1', 'r "2"', null, null, null, null, null, null, 'r-8'],
    ]);
  });

  it('is the same batch as the same lines of JSONL', async () => {
    const csv = await upload(
      api,
      key,
      'c-2',
      `${HEADER}\n${row('330701199901011311')}`,
      'text/csv',
    );
    const { certType, certNo, name, mobile, consent } = EXAMPLE;
    const lines = jsonLines([{ consent, mobile, name, certNo, certType }]);
    const jsonl = await upload(api, key, 'c-2', lines);
    expect([csv.body.status, jsonl.status, jsonl.body.id]).toEqual(['running', 201, csv.body.id]);
  });

  it.each([
    ['unknown columns', 'certno,name\n', 'UNKNOWN_COLUMN'],
    ['a header that is no CSV', 'certNo,"name"x\n', 'NOT_CSV'],
    ['no header', '330701199901011311,张三,13588111111\n', 'UNKNOWN_COLUMN'],
  ])('is refused with %s', async (_what, text, code) => {
    const before = await batches();
    const answer = await upload(api, key, 'c-3', text, 'text/csv');
    expect([answer.status, answer.body.issues?.[0]?.code]).toEqual([400, code]);
    expect(answer.text).not.toMatch(/张三|13588111111|330701199901011311/);
    expect(await batches()).toBe(before);
  });

  it.each([
    ['nothing', ''],
    ['a header alone', `${HEADER}\n\n`],
  ])('is refused with %s', async (_what, text) => {
    const answer = await upload(api, key, 'c-4', text, 'text/csv');
    expect([answer.status, answer.body.issues?.[0]?.code]).toEqual([400, 'NO_LINES']);
  });
});

describe('an upload', () => {
  it.each([
    ['application/json', {}],
    ['text/plain', {}],
    ['text/csv; charset=gbk', {}],
    ['application/jsonl', { 'content-encoding': 'gzip' }],
  ])('as %s %p is an unsupported media type', async (type, headers) => {
    const answer = await api.request('/v1/batches', {
      method: 'POST',
      key,
      headers: { 'content-type': type, 'idempotency-key': 'm-1', ...headers },
      body: jsonLines([someone()]),
    });
    expect([answer.status, answer.body['detail']]).toEqual([
      415,
      'Send the body as application/jsonl, application/x-ndjson, text/csv, in UTF-8 and not compressed.',
    ]);
  });

  it('needs an Idempotency-Key', async () => {
    const answer = await api.request('/v1/batches', {
      method: 'POST',
      key,
      headers: { 'content-type': 'application/jsonl' },
      body: jsonLines([someone()]),
    });
    expect([answer.status, answer.body['code']]).toEqual([400, 'idempotency-key-required']);
  });

  it('goes to no other route', async () => {
    const writer = await api.issueKey(['authorizations:write']);
    const answer = await api.request('/v1/authorizations', {
      method: 'POST',
      key: writer,
      headers: { 'content-type': 'application/jsonl', 'idempotency-key': 'm-2' },
      body: JSON.stringify(someone()),
    });
    expect([answer.status, answer.body['code']]).toEqual([415, 'unsupported-media-type']);
  });
});
