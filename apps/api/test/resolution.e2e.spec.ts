import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apply, EXAMPLE, type Problem } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { TestFaults } from './support/test-faults.js';

const faults = new TestFaults();
const SCOPES = [
  'authorizations:write',
  'authorizations:read',
  'authorizations:resolve',
  'tokens:read',
];

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi({ SWEEP_INTERVAL_MS: '60000' }, { faults });
});
beforeEach(async () => {
  faults.clear();
  await api.reset();
  key = await api.issueKey(SCOPES, 'acme');
});
afterAll(() => api.close());

async function unknown(then: Parameters<TestApi['sandbox']['addScenario']>[0]['then']) {
  api.sandbox.addScenario({ times: 1, then });
  const { status, body } = await apply(api, key, 'k-1', EXAMPLE);
  expect([status, body.code]).toEqual([504, 'unknown-outcome']);
  return body.authorizationId!;
}

const resolve = (id: string, body: unknown, caller = key) =>
  api.request<Problem & Record<string, unknown>>(`/v1/authorizations/${id}/resolution`, {
    method: 'POST',
    key: caller,
    body,
  });
const tokenOf = (id: string) => api.request(`/v1/authorizations/${id}/token`, { key });
const quarantined = async () =>
  (await api.database.query('SELECT 1 FROM quarantined_answers')).length;

describe('resolving an unknown outcome', () => {
  it.each(['rejected', 'abandoned'] as const)('as %s frees the person', async (outcome) => {
    const id = await unknown({ resetAfter: true });
    const { status, body } = await resolve(id, { outcome, note: 'Alipay says so, 张三 too' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      status: outcome,
      tokenType: null,
      resolution: {
        outcome,
        note: 'Alipay says so, 张三 too',
        resolvedAt: body['updatedAt'],
      },
    });
    const again = await apply(api, key, 'k-1', EXAMPLE);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect(again.body).toEqual(body);
    expect((await api.request(`/v1/authorizations/${id}`, { key })).body).toEqual(body);
    expect((await tokenOf(id)).status).toBe(404);
    expect((await apply(api, key, 'k-2', EXAMPLE)).status).toBe(201);
    const [row] = await api.database.query<{ row: string }>(
      'SELECT a::text AS row FROM authorizations a WHERE id = $1',
      [id],
    );
    expect(row!.row).not.toContain('Alipay says so');
  });

  it('as adopted takes the pair out of an answer that was not believed', async () => {
    const id = await unknown({ unsigned: true });
    expect(await quarantined()).toBe(1);
    const { status, body } = await resolve(id, { outcome: 'adopted', note: 'checked with Alipay' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'authorized',
      tokenType: 'permanent',
      resolution: { outcome: 'adopted' },
    });
    const [pair] = api.sandbox.ledger().tokens;
    expect((await tokenOf(id)).body['accessToken']).toBe(pair!.accessToken);
    expect(await quarantined()).toBe(0);
    const again = await apply(api, key, 'k-1', EXAMPLE);
    expect([again.status, again.body.status]).toEqual([200, 'authorized']);
    expect((await apply(api, key, 'k-2', EXAMPLE)).body.code).toBe('already-authorized');
    expect(
      await api.database.query(
        "SELECT actor, details FROM audit_events WHERE action = 'authorization.resolved'",
      ),
    ).toEqual([{ actor: 'api-key', details: { status: 'authorized', source: 'quarantine' } }]);
  });

  it('as adopted takes the pair out of the spool', async () => {
    faults.set('before-commit', 'fail');
    faults.set('replay-found', 'freeze');
    const { body: lost } = await apply(api, key, 'k-1', EXAMPLE);
    await api.database.query("UPDATE authorizations SET status = 'unknown'");
    faults.clear();
    const { status, body } = await resolve(lost.authorizationId!, {
      outcome: 'adopted',
      note: 'it was granted',
    });
    expect([status, body['status']]).toEqual([200, 'authorized']);
    const [pair] = api.sandbox.ledger().tokens;
    expect((await tokenOf(lost.authorizationId!)).body['accessToken']).toBe(pair!.accessToken);
  });

  it('does not decide against a pair that the spool holds', async () => {
    faults.set('before-commit', 'fail');
    faults.set('replay-found', 'freeze');
    const { body: lost } = await apply(api, key, 'k-1', EXAMPLE);
    await api.database.query("UPDATE authorizations SET status = 'unknown'");
    faults.clear();
    const { status, body } = await resolve(lost.authorizationId!, {
      outcome: 'abandoned',
      note: 'nobody waits',
    });
    expect([status, body.code]).toEqual([409, 'not-unknown']);
    expect((await tokenOf(lost.authorizationId!)).status).toBe(200);
  });

  it.each([
    ['was lost', { resetAfter: true as const }],
    ['was cut', { truncate: true as const }],
    ['came from a proxy', { status: 502, html: '<html>' }],
    ['was an error', { subCode: 'SYSTEM_ERROR' }],
  ])('has nothing to adopt where the answer %s', async (_what, then) => {
    const id = await unknown(then);
    const { status, body } = await resolve(id, { outcome: 'adopted', note: 'please' });
    expect([status, body.code, body.authorizationId]).toEqual([409, 'nothing-to-adopt', id]);
    expect((await apply(api, key, 'k-1', EXAMPLE)).status).toBe(504);
  });

  it('shows the authorisation without its note where that was damaged', async () => {
    const id = await unknown({ resetAfter: true });
    await resolve(id, { outcome: 'rejected', note: 'so it is' });
    await api.database.query("UPDATE authorizations SET resolution_note_cell = '\\x01'");
    const listed = await api.request<{ items: unknown[] }>('/v1/authorizations', { key });
    expect([listed.status, listed.body.items]).toEqual([
      200,
      [expect.objectContaining({ id, resolution: expect.objectContaining({ note: null }) })],
    ]);
    expect(api.lines.filter((line) => line.includes('a note cannot be read'))).toHaveLength(1);
  });

  it('is done once, and only where the outcome is unknown', async () => {
    const id = await unknown({ resetAfter: true });
    const outcomes = await Promise.all(
      (['rejected', 'abandoned', 'rejected'] as const).map((outcome) =>
        resolve(id, { outcome, note: 'so it is' }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await resolve(id, { outcome: 'rejected', note: 'again' })).body.code).toBe(
      'not-unknown',
    );
  });

  it("does not reach another client's authorisation", async () => {
    const id = await unknown({ resetAfter: true });
    const stranger = await api.issueKey(SCOPES, 'other');
    const answer = await resolve(id, { outcome: 'rejected', note: 'not mine' }, stranger);
    expect(answer.status).toBe(404);
    expect((await apply(api, key, 'k-1', EXAMPLE)).status).toBe(504);
  });

  it.each([
    [{ outcome: 'granted', note: 'x' }, 'outcome INVALID_VALUE'],
    [{ outcome: 'rejected' }, 'note REQUIRED'],
    [{ outcome: 'rejected', note: ' ' }, 'note CUSTOM'],
    [{ outcome: 'rejected', note: 'a\nb' }, 'note CUSTOM'],
    [{ outcome: 'rejected', note: 'x'.repeat(501) }, 'note TOO_BIG'],
    [{ outcome: 'rejected', note: 'x', by: 'me' }, 'by UNKNOWN_MEMBER'],
  ])('refuses %j', async (body, issue) => {
    const id = await unknown({ resetAfter: true });
    const answer = await resolve(id, body);
    const [found] = answer.body.issues!;
    expect([answer.status, `${found!.field} ${found!.code}`]).toEqual([400, issue]);
  });
});

describe('an outcome that comes after someone decided', () => {
  it('changes nothing, and its pair is kept in quarantine', async () => {
    faults.set('before-commit', 'fail');
    faults.set('replay-found', 'fail');
    const { body: lost } = await apply(api, key, 'k-1', EXAMPLE);
    await api.database.query(
      "UPDATE authorizations SET status = 'abandoned', resolution = 'abandoned', resolved_at = now()",
    );
    faults.clear();
    const next = await startTestApi({}, { beside: api });
    try {
      const row = () =>
        api.database.query('SELECT kind FROM quarantined_answers WHERE authorization_id = $1', [
          lost.authorizationId,
        ]);
      while ((await row()).length === 0) await new Promise((done) => setTimeout(done, 25));
      expect(await row()).toEqual([{ kind: 'pair' }]);
      expect(
        await api.database.query('SELECT a.status, t.state FROM authorizations a, attempts t'),
      ).toEqual([{ status: 'abandoned', state: 'finished' }]);
      expect(await api.database.query('SELECT 1 FROM authorization_tokens')).toEqual([]);
    } finally {
      await next.close();
    }
  });
});
