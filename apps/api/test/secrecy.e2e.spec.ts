import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apply, EXAMPLE } from './support/applications.js';
import { ADMIN_KEY, startTestApi, testVariables, type TestApi } from './support/test-api.js';

const PERSON = {
  ...EXAMPLE,
  name: '欧阳娜娜',
  certNo: '11010519491231002X',
  mobile: '13912345678',
};

let api: TestApi;
let key: string;

/** Every row of every table as text; bytes show as hexadecimal digits. */
async function dump(): Promise<string> {
  const tables = await api.database.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await api.database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    texts.push(`${name}:`, ...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

/** A text in every form that a column, a log line or an answer might hold it in. */
function forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
}

function found(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => forms(secret).some((form) => text.includes(form)));
}

beforeAll(async () => {
  api = await startTestApi();
  key = await api.issueKey(['authorizations:write', 'authorizations:read', 'tokens:read']);
});
afterAll(() => api.close());

describe('a run of the service', () => {
  it('leaves no person, token or key in any table, log line or answer', async () => {
    const answers: string[] = [];
    const scenarios = [
      { delayMs: 1 },
      { resetAfter: true as const },
      { subCode: 'isv.invalid-signature', code: '40002' },
      { unsigned: true as const },
      { subCode: 'NO_USER_ERROR', subMsg: `${PERSON.name} ${PERSON.certNo} ${PERSON.mobile}` },
    ];
    for (const [index, then] of scenarios.entries()) {
      api.sandbox.addScenario({ times: 1, then });
      const body = { ...PERSON, linkedMerchantId: `208872163086941${index}` };
      for (const changed of [
        body,
        body,
        { ...body, reference: 'other' },
        { ...body, mobile: '' },
      ]) {
        answers.push((await apply(api, key, `k-${index}`, changed)).text);
      }
    }
    answers.push((await api.request('/v1/authorizations', { key })).text);
    const { requests, tokens } = api.sandbox.ledger();
    expect(requests.map(({ name }) => name)).toContain(PERSON.name);
    const secrets = [
      PERSON.name,
      PERSON.certNo,
      PERSON.mobile,
      ...tokens.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
      key,
      ADMIN_KEY,
      testVariables('', api.sandbox).ENCRYPTION_KEYS.slice('test:'.length),
      testVariables('', api.sandbox).SUBJECT_HASH_KEY,
      api.sandbox.keys.appPrivateKey.split('\n')[3]!,
    ];
    expect(tokens).toHaveLength(4);
    const rows = await dump();
    expect(rows).toContain('***娜');
    expect(found(rows, secrets)).toEqual([]);
    expect(found(api.lines.join('\n'), secrets)).toEqual([]);
    expect(found(answers.join('\n'), secrets)).toEqual([]);
  });

  it('binds each token to its row: a cell that was moved is refused', async () => {
    const first = await apply(api, key, 'm-1', EXAMPLE);
    const second = await apply(api, key, 'm-2', { ...EXAMPLE, linkedMerchantId: '1' });
    await api.database.query(
      `UPDATE authorization_tokens SET access_token_cell =
         (SELECT access_token_cell FROM authorization_tokens WHERE authorization_id = $1)
       WHERE authorization_id = $2`,
      [first.body.id, second.body.id],
    );
    const reveal = (id: string) => api.request(`/v1/authorizations/${id}/token`, { key });
    expect((await reveal(first.body.id)).status).toBe(200);
    const refused = await reveal(second.body.id);
    expect([refused.status, refused.body['code']]).toEqual([500, 'internal-error']);
    const logged = api.lines.filter((line) => line.includes('CellError'));
    expect(logged).toHaveLength(1);
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
