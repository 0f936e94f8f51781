import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditTrail } from '../src/audit/audit-trail.js';
import { LineCells } from '../src/batches/line-cells.js';
import { Secret } from '../src/config/secret.js';
import type { EncryptedCell } from '../src/crypto/cell.js';
import { LocalKeyRing } from '../src/crypto/local-key-ring.js';
import { RekeyRepository } from '../src/rekey/rekey.repository.js';
import { Rekeyer } from '../src/rekey/rekeyer.js';
import { RetentionJob } from '../src/retention/retention.job.js';
import { apply, EXAMPLE, someone } from './support/applications.js';
import { itemsOf, jsonLines, upload } from './support/batches.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { connectTo } from './support/test-database.js';
import {
  copyTables,
  databaseFiles,
  findSecrets,
  walPosition,
  type Trace,
} from './support/traces.js';

const SCOPES = ['batches:write', 'batches:read', 'authorizations:write', 'authorizations:erase'];
const PERSON = {
  ...EXAMPLE,
  name: '欧阳娜娜',
  certNo: '11010519491231002X',
  mobile: '13912345678',
};

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi({ ROLE: 'api' });
});
beforeEach(async () => {
  await api.reset();
  key = await api.issueKey(SCOPES);
});
afterAll(() => api.close());

const batch = (bodies: readonly object[], by = key) =>
  upload(api, by, randomUUID(), jsonLines(bodies));
const erase = (certNo: string) =>
  api.request('/v1/subjects/erasure', {
    method: 'POST',
    key,
    body: { certType: 'IDENTITY_CARD', certNo },
  });
const lines = () =>
  api.database.query<Record<string, unknown>>(
    'SELECT * FROM batch_lines ORDER BY batch_id, number',
  );
const audited = async (action: string) =>
  (
    await api.database.query<{ details: unknown }>(
      'SELECT details FROM audit_events WHERE action = $1 ORDER BY id',
      [action],
    )
  ).map(({ details }) => details);

const FORGOTTEN = { person_hash: null, fingerprint: null, reference: null, application_cell: null };

describe('erasure', () => {
  it('of a person ends the lines that wait, and forgets those that have ended', async () => {
    const bodies = [PERSON, someone(), { ...PERSON, certNo: PERSON.certNo.toLowerCase() }];
    const { body: own } = await batch(bodies);
    const stranger = await api.issueKey(SCOPES);
    await batch([PERSON], stranger);
    await api.database.query(
      "UPDATE batch_lines SET status = 'rejected', application_cell = NULL, ended_at = now() WHERE batch_id = $1 AND number = 3",
      [own.id],
    );
    expect((await erase(PERSON.certNo)).body).toEqual({ erased: 0, lines: 1, inFlight: 0 });
    const [first, second, third, other] = await lines();
    expect([first, third]).toMatchObject([
      { ...FORGOTTEN, status: 'erased', ended_at: expect.any(Date) },
      { ...FORGOTTEN, status: 'rejected' },
    ]);
    expect([second!['status'], other!['status']]).toEqual(['waiting', 'waiting']);
    expect(await audited('batch.lines-erased')).toEqual([{ batchId: own.id, lines: 2 }]);
    const { body } = await api.request<{ counts: object }>(`/v1/batches/${own.id}`, { key });
    expect(body.counts).toMatchObject({ waiting: 2, erased: 1 });
    expect((await erase(PERSON.certNo)).body).toEqual({ erased: 0, lines: 0, inFlight: 0 });
  });

  it("of an authorisation erases the person's lines too", async () => {
    const { body: granted } = await apply(api, key, 'k-1', PERSON);
    await batch([PERSON, someone()]);
    const path = `/v1/authorizations/${granted.id}`;
    expect((await api.request(path, { method: 'DELETE', key })).status).toBe(204);
    expect((await lines()).map(({ status }) => status)).toEqual(['erased', 'waiting']);
  });

  it('leaves an upload to be sent again', async () => {
    const text = jsonLines([PERSON, someone()]);
    const { body } = await upload(api, key, 'e-1', text);
    await erase(PERSON.certNo);
    const again = await upload(api, key, 'e-1', text);
    expect([again.status, again.body.id, again.body.counts.erased]).toEqual([201, body.id, 1]);
    expect((await lines())[0]).toMatchObject(FORGOTTEN);
  });
});

describe('what is stored', () => {
  it('tells of no person, whether the line waits or is not valid', async () => {
    const query = <Row>(sql: string) => api.database.query<Row>(sql);
    const since = await walPosition(query);
    const { name, certNo, mobile } = PERSON;
    const answers: Trace[] = [];
    const note = ({ text }: { text: string }) =>
      void answers.push({ name: 'answer', bytes: Buffer.from(text) });
    const { body, ...answer } = await batch([
      PERSON,
      { ...PERSON, reference: mobile },
      { ...PERSON, [name]: 1, [certNo]: 1 },
      { ...PERSON, name: { name } },
      [name, certNo, mobile],
    ]);
    note(answer);
    const csv = `${certNo},${name},${mobile}\n`;
    note(await upload(api, key, 'c-1', csv, 'text/csv'));
    const header =
      'certType,certNo,name,mobile,consentReference,consentTextVersion,consentGrantedAt';
    note(
      await upload(
        ...([api, key, 'c-2', `${header}\nIDENTITY_CARD,${csv}"${csv}`, 'text/csv'] as const),
      ),
    );
    note(await upload(api, key, 'c-3', `{"name": "${name}", "mobile": ${mobile}`));
    const list = `/v1/batches/${body.id}/items`;
    for (const accept of ['application/json', 'application/jsonl', 'text/csv']) {
      note(await api.request(list, { key, headers: { accept } }));
    }
    const statuses = (await itemsOf(api, key, body.id)).map(({ status }) => status);
    expect(statuses).toEqual(['waiting', 'invalid', 'invalid', 'invalid', 'invalid']);
    const traces = [
      ...(await copyTables(api.database.url)),
      ...(await databaseFiles(query, since)),
      ...answers,
      { name: 'log', bytes: Buffer.from(api.lines.join('')) },
    ];
    expect(findSecrets(traces, [name, certNo, mobile])).toEqual([]);
    const cells = traces.find((trace) => trace.name === 'batch_lines');
    expect(cells?.bytes.includes('\\\\x0104')).toBe(true);
  });

  it('is encrypted anew with a new key', async () => {
    await batch([PERSON, {}]);
    const keys = [2, 1].map((byte) => ({
      id: byte === 1 ? 'test' : 'new',
      material: new Secret(Buffer.alloc(32, byte)),
    }));
    const connection = await connectTo(api.database.url, 2);
    const rekeyer = new Rekeyer(
      new RekeyRepository(connection, api.app.get(AuditTrail, { strict: false })),
      new LocalKeyRing(keys),
      () => new Date(),
    );
    const { signal } = new AbortController();
    const report = await rekeyer.run({ dryRun: false, signal, onProgress: () => undefined });
    await connection.destroy();
    expect(report).toMatchObject({ cells: 1, rekeyed: 1, remaining: 0, unreadable: 0 });
    const [line] = await lines();
    const cells = new LineCells(new LocalKeyRing(keys.slice(0, 1)));
    const application = cells.decrypt(
      String(line!['id']),
      line!['application_cell'] as EncryptedCell,
    );
    const grantedAt = new Date(PERSON.consent.grantedAt);
    expect(application).toEqual({ ...PERSON, consent: { ...PERSON.consent, grantedAt } });
  });

  it('goes 30 days after the end of the batch', async () => {
    const run = () =>
      api.app.get(RetentionJob, { strict: false }).run(new AbortController().signal);
    const { body: ended } = await batch([...Array.from({ length: 5_200 }, () => ({})), {}]);
    const { body: running } = await batch([PERSON]);
    const age = (days: number) =>
      api.database.query(
        `UPDATE batches SET ended_at = now() - interval '${days} days' WHERE ended_at IS NOT NULL`,
      );
    await age(29);
    await run();
    expect(await audited('retention.ran')).toEqual([]);
    await age(31);
    await run();
    expect(await audited('retention.ran')).toEqual([
      { kind: 'batch-lines', count: 5_000 },
      { kind: 'batch-lines', count: 201 },
      { kind: 'batches', count: 1 },
    ]);
    const find = (id: string) => api.request(`/v1/batches/${id}`, { key });
    expect([(await find(ended.id)).status, (await find(running.id)).status]).toEqual([404, 200]);
    expect(await api.database.query('SELECT DISTINCT batch_id AS id FROM batch_lines')).toEqual([
      { id: running.id },
    ]);
  });
});
