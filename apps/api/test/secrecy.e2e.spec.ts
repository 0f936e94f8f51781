import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apply, EXAMPLE, someone } from './support/applications.js';
import { ADMIN_KEY, startTestApi, testVariables, type TestApi } from './support/test-api.js';
import { TestFaults } from './support/test-faults.js';
import {
  copyTables,
  databaseFiles,
  findSecrets,
  readFolder,
  walPosition,
  type Trace,
} from './support/traces.js';

const PERSON = {
  ...EXAMPLE,
  name: '欧阳娜娜',
  certNo: '11010519491231002X',
  mobile: '13912345678',
};

/** The name's bytes in GBK, as a gateway's answer might hold them. */
const NAME_IN_GBK = Buffer.from('c5b7d1f4c4c8c4c8', 'hex');

const faults = new TestFaults();
let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi({}, { faults });
  key = await api.issueKey([
    'authorizations:write',
    'authorizations:read',
    'authorizations:resolve',
    'authorizations:erase',
    'tokens:read',
    'tokens:refresh',
    'audit:read',
  ]);
});
afterAll(() => api.close());

describe('a run of the service', () => {
  const query = <Row>(sql: string) => api.database.query<Row>(sql);
  const text = (name: string, content: string): Trace => ({ name, bytes: Buffer.from(content) });

  it('leaves no person, token or key in any table, file, log line or answer', async () => {
    const since = await walPosition(query);
    const answers: string[] = [];
    const ask = async (path: string, method = 'GET', body?: object) => {
      const options = { method, key, ...(body === undefined ? {} : { body }) };
      answers.push((await api.request(path, options)).text);
    };
    const scenarios = [
      { delayMs: 1 },
      { resetAfter: true as const },
      { subCode: 'isv.invalid-signature', code: '40002' },
      { unsigned: true as const },
      { subCode: 'NO_USER_ERROR', subMsg: `${PERSON.name} ${PERSON.certNo} ${PERSON.mobile}` },
      { truncate: true as const },
    ];
    for (const [index, then] of scenarios.entries()) {
      api.sandbox.addScenario({ times: 1, then });
      const body = { ...PERSON, linkedMerchantId: `208872163086941${index}` };
      for (const changed of [
        body,
        body,
        { ...body, reference: 'other' },
        { ...body, mobile: '' },
        { ...body, reference: PERSON.certNo },
      ]) {
        answers.push((await apply(api, key, `k-${index}`, changed)).text);
      }
    }
    const unknown = await query<{ id: string }>(
      "SELECT id FROM authorizations WHERE status = 'unknown' ORDER BY id",
    );
    const [granted] = await query<{ id: string }>(
      "SELECT id FROM authorizations WHERE status = 'authorized'",
    );
    const note = `${PERSON.name} ${PERSON.certNo} says so`;
    for (const [index, outcome] of ['abandoned', 'adopted', 'rejected'].entries()) {
      const path = `/v1/authorizations/${unknown[index]!.id}`;
      await api.request(`${path}/resolution`, { method: 'POST', key, body: { outcome, note } });
    }
    await ask(`/v1/authorizations/${granted!.id}/refresh`, 'POST');
    const { certType, certNo, name } = PERSON;
    await ask(`/v1/subjects/erasure?certNo=${certNo}`, 'POST', { certType, certNo, name });
    await ask('/v1/subjects/erasure', 'POST', { certType, certNo: certNo.slice(1) });
    await ask('/v1/audit-events');
    await ask('/v1/audit-events/verification', 'POST');
    faults.set('before-commit', 'fail');
    faults.set('replay-found', 'fail');
    const spooled = { ...PERSON, linkedMerchantId: '2088721630869419' };
    answers.push((await apply(api, key, 'k-spooled', spooled)).text);
    await ask('/metrics');

    const { requests, tokens } = api.sandbox.ledger();
    expect(requests.map(({ name }) => name)).toContain(PERSON.name);
    const secrets = [
      PERSON.name,
      NAME_IN_GBK,
      PERSON.certNo,
      PERSON.mobile,
      ...tokens.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
      key,
      ADMIN_KEY,
      testVariables('', api.sandbox).ENCRYPTION_KEYS.slice('test:'.length),
      testVariables('', api.sandbox).SUBJECT_HASH_KEY,
      api.sandbox.keys.appPrivateKey.split('\n')[3]!,
    ];
    expect(tokens.length).toBeGreaterThanOrEqual(6);
    const tables = await copyTables(api.database.url);
    const files = await databaseFiles(query, since);
    const spool = await readFolder(api.spoolDir);
    expect([spool.length, await query('SELECT 1 FROM quarantined_answers')]).toMatchObject([
      1,
      [{}],
    ]);
    // What may be there is found: the search works.
    const known = ['***娜', String(granted!.id)];
    expect(findSecrets(tables, known)).toEqual(
      expect.arrayContaining(['secret 0 in authorizations', 'secret 1 in audit_events']),
    );
    expect(findSecrets(files, ['***娜']).length).toBeGreaterThanOrEqual(2);
    expect(findSecrets(tables, secrets)).toEqual([]);
    expect(findSecrets(files, secrets)).toEqual([]);
    expect(findSecrets(spool, secrets)).toEqual([]);
    expect(findSecrets([text('log', api.lines.join('\n'))], secrets)).toEqual([]);
    expect(findSecrets([text('answers', answers.join('\n'))], secrets)).toEqual([]);
    faults.clear();
  });
});

describe('a cell', () => {
  const own = async (id: string) => {
    const { body } = await apply(api, key, id, someone());
    return body.id;
  };
  const refusedToken = async (id: string) => {
    const { status, body, text } = await api.request(`/v1/authorizations/${id}/token`, { key });
    const tokens = api.sandbox.ledger().tokens.map(({ accessToken }) => accessToken);
    expect(tokens.filter((token) => text.includes(token))).toEqual([]);
    return [status, body['code']];
  };
  const cell = 'access_token_cell';

  it.each([
    [
      'swapped with another row',
      `${cell} = (SELECT ${cell} FROM authorization_tokens WHERE authorization_id = $2)`,
    ],
    ['swapped with another column', `${cell} = refresh_token_cell`],
    ['with a flipped bit', `${cell} = set_bit(${cell}, 200, 1 - get_bit(${cell}, 200))`],
    ['cut short', `${cell} = substring(${cell} FROM 1 FOR octet_length(${cell}) - 1)`],
    ['emptied', `${cell} = ''`],
    ['of a key that is gone', `${cell} = overlay(${cell} PLACING 'gone'::bytea FROM 3 FOR 4)`],
  ])('is refused when it was %s', async (_how, change) => {
    const [first, second] = [await own(randomUUID()), await own(randomUUID())];
    const parameters = change.includes('$2') ? [first, second] : [first];
    await api.database.query(
      `UPDATE authorization_tokens SET ${change} WHERE authorization_id = $1`,
      parameters,
    );
    expect(await refusedToken(first)).toEqual([500, 'unreadable-cell']);
    expect((await api.request(`/v1/authorizations/${second}/token`, { key })).status).toBe(200);
    expect(
      await api.database.query(
        "SELECT 1 FROM audit_events WHERE action = 'authorization.revealed' AND authorization_id = $1",
        [first],
      ),
    ).toEqual([]);
  });
});

describe('a pair that a refresh replaced', () => {
  it.each([
    ['its cell alone', 'access_token_cell = earlier.access_token_cell'],
    [
      'its whole row',
      `access_token_cell = earlier.access_token_cell, refresh_token_cell = earlier.refresh_token_cell,
       obtained_at = earlier.obtained_at`,
    ],
  ])('is refused when it is put back: %s', async (_what, change) => {
    const { body } = await apply(api, key, randomUUID(), someone());
    const path = `/v1/authorizations/${body.id}`;
    await api.database.query(
      'CREATE TABLE earlier AS SELECT * FROM authorization_tokens WHERE authorization_id = $1',
      [body.id],
    );
    try {
      expect((await api.request(`${path}/refresh`, { method: 'POST', key })).status).toBe(200);
      expect((await api.request(`${path}/token`, { key })).status).toBe(200);
      await api.database.query(
        `UPDATE authorization_tokens t SET ${change} FROM earlier
         WHERE t.authorization_id = earlier.authorization_id`,
      );
      const revealed = await api.request(`${path}/token`, { key });
      expect([revealed.status, revealed.body['code']]).toEqual([500, 'unreadable-cell']);
    } finally {
      await api.database.query('DROP TABLE earlier');
    }
  });
});

describe.each([
  ['utf-8', 'RSA2'],
  ['utf-8', 'RSA'],
  ['GBK', 'RSA2'],
  ['GBK', 'RSA'],
])('the example person under %s and %s', (ALIPAY_CHARSET, ALIPAY_SIGN_TYPE) => {
  it('goes through', async () => {
    const other = await startTestApi({ ALIPAY_CHARSET, ALIPAY_SIGN_TYPE });
    try {
      const otherKey = await other.issueKey(['authorizations:write']);
      const { status, body } = await apply(other, otherKey, 'k-1', EXAMPLE);
      expect([status, body.status]).toEqual([201, 'authorized']);
      const [request] = other.sandbox.ledger().requests;
      expect([request?.name, request?.signType, request?.charset?.toLowerCase()]).toEqual([
        '张三',
        ALIPAY_SIGN_TYPE,
        ALIPAY_CHARSET.toLowerCase(),
      ]);
      expect(request?.verdict).toBe('accepted');
    } finally {
      await other.close();
    }
  });
});

describe('a name that the charset cannot hold', () => {
  it('is refused before anything is written down', async () => {
    const other = await startTestApi({ ALIPAY_CHARSET: 'gbk' });
    try {
      const otherKey = await other.issueKey(['authorizations:write']);
      const { status, body } = await apply(other, otherKey, 'k-1', { ...EXAMPLE, name: '张🙂' });
      expect([status, body.issues?.map(({ field, code }) => [field, code])]).toEqual([
        400,
        [['name', 'UNENCODABLE_CHARACTER']],
      ]);
      expect(await other.database.query('SELECT 1 FROM idempotency_keys')).toEqual([]);
      expect(other.sandbox.ledger().requests).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
