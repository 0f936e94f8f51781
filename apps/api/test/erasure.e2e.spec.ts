import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apply, EXAMPLE, someone } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';

let api: TestApi;
let key: string;

const SCOPES = [
  'authorizations:write',
  'authorizations:read',
  'authorizations:erase',
  'tokens:read',
  'audit:read',
];

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  await api.reset();
  key = await api.issueKey(SCOPES, 'acme');
});
afterAll(() => api.close());

const erase = (id: string, by = key) =>
  api.request(`/v1/authorizations/${id}`, { method: 'DELETE', key: by });

const erasePerson = (body: unknown, by = key) =>
  api.request('/v1/subjects/erasure', { method: 'POST', key: by, body });

const PERSON = { certType: 'IDENTITY_CARD', certNo: EXAMPLE.certNo };

const row = async (id: string) => {
  const [found] = await api.database.query<Record<string, unknown>>(
    'SELECT * FROM authorizations WHERE id = $1',
    [id],
  );
  return found!;
};

describe('DELETE /v1/authorizations/{id}', () => {
  it('destroys cells, masks and hashes, and keeps that there was an authorisation', async () => {
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    const answer = await erase(body.id);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await api.database.query('SELECT 1 FROM authorization_tokens')).toEqual([]);
    expect(await row(body.id)).toMatchObject({
      status: 'erased',
      subject_hash: null,
      person_hash: null,
      cert_no_masked: null,
      name_masked: null,
      mobile_masked: null,
      reference: null,
    });
    expect(await api.database.query('SELECT fingerprint FROM idempotency_keys')).toEqual([
      { fingerprint: null },
    ]);
    expect(
      await api.database.query(
        "SELECT authorization_id, details FROM audit_events WHERE action = 'authorization.erased'",
      ),
    ).toEqual([
      { authorization_id: body.id, details: { cause: 'request', formerStatus: 'authorized' } },
    ]);
    expect((await erase(body.id)).status).toBe(204);
  });

  it('is final: what asks for it is gone, and the person is free', async () => {
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    await erase(body.id);
    const gone = await Promise.all(
      ['', '/token'].map((part) => api.request(`/v1/authorizations/${body.id}${part}`, { key })),
    );
    expect(gone.map((answer) => [answer.status, answer.body['code']])).toEqual([
      [410, 'authorization-erased'],
      [410, 'authorization-erased'],
    ]);
    for (const again of [EXAMPLE, { ...EXAMPLE, reference: 'other' }]) {
      const replay = await apply(api, key, 'k-1', again);
      expect([replay.status, replay.body.code]).toEqual([410, 'authorization-erased']);
    }
    const list = await api.request<{ items: object[] }>('/v1/authorizations?status=erased', {
      key,
    });
    expect(list.body.items).toMatchObject([{ id: body.id, subject: null, reference: null }]);
    expect((await apply(api, key, 'k-2', EXAMPLE)).status).toBe(201);
    expect(api.sandbox.ledger().requests).toHaveLength(2);
  });

  it('waits for an application under way', async () => {
    api.sandbox.addScenario({ times: 1, then: { delayMs: 1_000 } });
    const answered = apply(api, key, 'k-1', EXAMPLE);
    let id: string | undefined;
    while (!id) {
      const [pending] = await api.database.query<{ id: string }>(
        "SELECT id FROM authorizations WHERE status = 'pending'",
      );
      id = pending?.id;
    }
    const refused = await erase(id);
    expect([refused.status, refused.body['code'], refused.headers.get('retry-after')]).toEqual([
      409,
      'application-in-flight',
      '2',
    ]);
    expect((await erasePerson(PERSON)).body).toEqual({ erased: 0, lines: 0, inFlight: 1 });
    expect((await answered).status).toBe(201);
    expect((await erase(id)).status).toBe(204);
  });

  it('destroys what is in quarantine and in the spool, and frees who is unresolved', async () => {
    api.sandbox.addScenario({ times: 1, then: { unsigned: true } });
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    const id = body.authorizationId!;
    expect(await api.database.query('SELECT 1 FROM quarantined_answers')).toHaveLength(1);
    const [attempt] = await api.database.query<{ id: string }>('SELECT id FROM attempts');
    await writeFile(join(api.spoolDir, `${attempt!.id}.spool-aside`), 'unreadable');
    await writeFile(join(api.spoolDir, `${id}.spool-aside`), "another attempt's");
    expect((await erase(id)).status).toBe(204);
    expect(await api.database.query('SELECT 1 FROM quarantined_answers')).toEqual([]);
    expect(await readdir(api.spoolDir)).toEqual([`${id}.spool-aside`]);
    expect((await apply(api, key, 'k-2', EXAMPLE)).status).toBe(201);
  });

  it("knows nothing of another client's authorisation", async () => {
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    const stranger = await api.issueKey(SCOPES, 'other');
    expect((await erase(body.id, stranger)).status).toBe(404);
    expect(await row(body.id)).toMatchObject({ status: 'authorized' });
  });
});

describe('POST /v1/subjects/erasure', () => {
  it("erases all of the person's authorisations of this client, and says how many", async () => {
    const mine: string[] = [];
    for (const merchant of ['1', '2', '3']) {
      const changes = { ...EXAMPLE, linkedMerchantId: merchant };
      mine.push((await apply(api, key, `k-${merchant}`, changes)).body.id);
    }
    const other = await apply(api, key, 'k-4', someone());
    const stranger = await api.issueKey(SCOPES, 'other');
    const theirs = await apply(api, stranger, 'k-1', EXAMPLE);
    const { status, body, text } = await erasePerson({ ...PERSON });
    expect([status, body]).toEqual([200, { erased: 3, lines: 0, inFlight: 0 }]);
    expect(text).not.toContain(EXAMPLE.certNo);
    const statuses = await Promise.all(
      [...mine, other.body.id, theirs.body.id].map(async (id) => (await row(id))['status']),
    );
    expect(statuses).toEqual(['erased', 'erased', 'erased', 'authorized', 'authorized']);
    expect((await erasePerson(PERSON)).body).toEqual({ erased: 0, lines: 0, inFlight: 0 });
    expect(
      await api.database.query(
        "SELECT DISTINCT details FROM audit_events WHERE action = 'authorization.erased'",
      ),
    ).toEqual([{ details: { cause: 'person', formerStatus: 'authorized' } }]);
    expect(api.lines.join('\n')).not.toContain(EXAMPLE.certNo);
  });

  it('finds the person however the final x is written', async () => {
    await apply(api, key, 'k-1', someone({ certNo: '11010519491231002X' }));
    const { body } = await erasePerson({ ...PERSON, certNo: '11010519491231002x' });
    expect(body).toEqual({ erased: 1, lines: 0, inFlight: 0 });
  });

  it('erases more than fit into one transaction', async () => {
    const { body } = await apply(api, key, 'k-1', EXAMPLE);
    await api.database.query(
      `INSERT INTO authorizations SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).*
       FROM authorizations a, generate_series(1, 150) WHERE id = $1`,
      [body.id],
    );
    expect((await erasePerson(PERSON)).body).toEqual({ erased: 151, lines: 0, inFlight: 0 });
  });

  it.each([
    [{ certNo: '1' }, 'certType CERT_TYPE_IS_NULL'],
    [{ certType: 'IDENTITY_CARD' }, 'certNo CERT_NO_IS_NULL'],
    [{ ...PERSON, name: '张三' }, 'name UNKNOWN_MEMBER'],
  ])('refuses %j', async (body, issue) => {
    const answer = await erasePerson(body);
    const issues = answer.body['issues'] as { field: string; code: string }[];
    expect([answer.status, ...issues.map(({ field, code }) => `${field} ${code}`)]).toEqual([
      400,
      issue,
    ]);
  });
});
