import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { AuditKeys } from '../src/audit/audit-keys.js';
import { AuditTrail } from '../src/audit/audit-trail.js';
import { TokenCells, type TokenPair } from '../src/authorizations/token-cells.js';
import { Secret } from '../src/config/secret.js';
import { CELL_COLUMNS } from '../src/crypto/cell-columns.js';
import { LocalKeyRing } from '../src/crypto/local-key-ring.js';
import { Rekeyer } from '../src/rekey/rekeyer.js';
import { RekeyRepository } from '../src/rekey/rekey.repository.js';
import { connectTo, createTestDatabase, type TestDatabase } from './support/test-database.js';

jest.setTimeout(60_000);

/** How many authorisations; two cells each. */
const ROWS = Number(process.env['REKEY_ROWS'] ?? 2_000);

const key = (id: string, byte: number) => ({ id, material: new Secret(Buffer.alloc(32, byte)) });
const OLD = key('old', 1);
const NEW = key('new', 2);
const oldRing = new TokenCells(new LocalKeyRing([OLD]));
const bothKeys = new LocalKeyRing([NEW, OLD]);
const bothRing = new TokenCells(bothKeys);
const newRing = new TokenCells(new LocalKeyRing([NEW]));

let database: TestDatabase;
let connection: DataSource;
/** What each row's tokens are. */
const expected = new Map<string, TokenPair>();

/** When every pair was obtained. */
const OBTAINED_AT = new Date('2026-11-24T08:00:00.123Z');
const placeOf = (authorizationId: string) => ({ authorizationId, obtainedAt: OBTAINED_AT });

const pair = (name: string): TokenPair => ({ accessToken: `a-${name}`, refreshToken: `r-${name}` });

beforeAll(async () => {
  database = await createTestDatabase();
  connection = await connectTo(database.url, 8);
});
beforeEach(async () => {
  await database.empty();
  expected.clear();
});
afterAll(async () => {
  await connection.destroy();
  await database.close();
});

/** Writes rows whose cells the old key encrypts. */
async function fill(rows: number): Promise<void> {
  const clientId = uuid();
  await database.query('INSERT INTO clients VALUES ($1, $2, now())', [clientId, 'acme']);
  const ids = Array.from({ length: rows }, () => uuid());
  await database.query(
    `INSERT INTO authorizations (id, client_id, app_id, status, cert_type, subject_hash, person_hash, hash_version,
       cert_no_masked, name_masked, mobile_masked, consent_reference, consent_text_version, consent_granted_at, warnings,
       created_at, updated_at)
     SELECT id, $2, 'app', 'authorized', 'IDENTITY_CARD', sha256(id::text::bytea), sha256(id::text::bytea), 1,
       '3', '*', '1', 'c', '1', now(), '[]', now(), now() FROM unnest($1::uuid[]) AS id`,
    [ids, clientId],
  );
  const cells = ids.map((id, index) => {
    expected.set(id, pair(String(index)));
    return oldRing.encrypt(placeOf(id), pair(String(index)));
  });
  await database.query(
    'INSERT INTO authorization_tokens SELECT *, $4 FROM unnest($1::uuid[], $2::bytea[], $3::bytea[])',
    [
      ids,
      cells.map((cell) => cell.accessToken),
      cells.map((cell) => cell.refreshToken),
      OBTAINED_AT,
    ],
  );
}

async function read(ring: TokenCells, id: string): Promise<TokenPair> {
  const [row] = await connection.query<Parameters<TokenCells['decrypt']>[1][]>(
    `SELECT access_token_cell AS "accessToken", refresh_token_cell AS "refreshToken"
     FROM authorization_tokens WHERE authorization_id = $1`,
    [id],
  );
  return ring.decrypt(placeOf(id), row!);
}

async function readAll(ring: TokenCells): Promise<Map<string, TokenPair>> {
  const rows = await connection.query<(Parameters<TokenCells['decrypt']>[1] & { id: string })[]>(
    `SELECT authorization_id AS id, access_token_cell AS "accessToken", refresh_token_cell AS "refreshToken"
     FROM authorization_tokens`,
  );
  return new Map(rows.map((row) => [row.id, ring.decrypt(placeOf(row.id), row)]));
}

/** Makes each page take a while, so that there is a middle to be stopped in. */
async function whileSlow(work: () => Promise<void>): Promise<void> {
  await database.query(
    `CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END $$`,
  );
  await database.query(
    'CREATE TRIGGER dawdle AFTER UPDATE ON authorization_tokens FOR EACH STATEMENT EXECUTE FUNCTION dawdle()',
  );
  try {
    await work();
  } finally {
    await database.query('DROP TRIGGER dawdle ON authorization_tokens');
    await database.query('DROP FUNCTION dawdle()');
  }
}

const rekeyer = () => {
  const auditTrail = new AuditTrail(new AuditKeys(Buffer.alloc(32, 3)));
  return new Rekeyer(new RekeyRepository(connection, auditTrail), bothKeys, () => new Date());
};

const options = (changes = {}) => ({
  dryRun: false,
  signal: new AbortController().signal,
  onProgress: () => undefined,
  ...changes,
});

const VARIABLES = {
  ENCRYPTION_KEYS: [NEW, OLD]
    .map(({ id, material }) => `${id}:${material.reveal().toString('base64')}`)
    .join(','),
  SUBJECT_HASH_KEY: Buffer.alloc(32, 3).toString('base64'),
};

/** Runs the built program. */
function rekey(args: string[] = []) {
  const bin = fileURLToPath(new URL('../bin/rekey.js', import.meta.url));
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url, ...VARIABLES },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  return { child, output, exit: once(child, 'close').then(([code]) => code as number | null) };
}

const countByKey = async () => {
  const rows = await database.query<{ key: string; count: number }>(
    `SELECT convert_from(substring(cell FROM 3 FOR 3), 'UTF8') AS key, count(*)::int AS count
     FROM authorization_tokens, unnest(ARRAY[access_token_cell, refresh_token_cell]) AS cell GROUP BY 1 ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ key: name, count }) => [name, count]));
};

describe('the list of columns that hold cells', () => {
  it('is complete', async () => {
    const columns = await database.query(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name LIKE '%\\_cell' AND data_type = 'bytea'
       ORDER BY 1, 2`,
    );
    const listed = CELL_COLUMNS.map(({ table, column }) => ({ table, column }));
    const byName = (a: { column: string }, b: { column: string }) => (a.column < b.column ? -1 : 1);
    expect(
      columns.map((column) => column as { table: string; column: string }).sort(byName),
    ).toEqual(listed.sort(byName));
  });
});

describe('rekeying while the service reads and writes', () => {
  it('fails no read, loses no write, and leaves nothing to the old key', async () => {
    await fill(ROWS);
    const ids = [...expected.keys()];
    const someId = () => ids[Math.floor(Math.random() * ids.length)]!;
    let finished = false;
    let reads = 0;
    let writes = 0;
    const reader = async () => {
      while (!finished) {
        await read(bothRing, someId());
        reads += 1;
      }
    };
    const writer = async () => {
      while (!finished) {
        const id = someId();
        const tokens = pair(`written-${writes}`);
        const cells = bothRing.encrypt(placeOf(id), tokens);
        await connection.query(
          'UPDATE authorization_tokens SET access_token_cell = $2, refresh_token_cell = $3 WHERE authorization_id = $1',
          [id, cells.accessToken, cells.refreshToken],
        );
        expected.set(id, tokens);
        writes += 1;
      }
    };
    const others = [reader(), reader(), writer()];
    const progress: number[] = [];
    const report = await rekeyer().run(
      options({ onProgress: (done: number) => void progress.push(done) }),
    );
    finished = true;
    await Promise.all(others);
    expect(report).toMatchObject({
      ...{ primaryKeyId: 'new', cells: 2 * ROWS, remaining: 0, unreadable: 0, stopped: false },
    });
    expect([reads > 0, writes > 0, progress.length > 0]).toEqual([true, true, true]);
    expect(await readAll(newRing)).toEqual(expected);
    const [audited] = await database.query<{ count: number }>(
      "SELECT sum((details->>'count')::int)::int AS count FROM audit_events WHERE action = 'keys.rekeyed'",
    );
    expect(audited).toEqual({ count: report.rekeyed });
  });

  it('ends although somebody keeps writing with the old key, and says so', async () => {
    await fill(10);
    const [id] = [...expected.keys()];
    const { accessToken } = oldRing.encrypt(placeOf(id!), pair('late'));
    const writeOld = () =>
      void connection.query(
        'UPDATE authorization_tokens SET access_token_cell = $2 WHERE authorization_id = $1',
        [id, accessToken],
      );
    const onProgress = writeOld;
    const report = await rekeyer().run(options({ onProgress }));
    expect([report.remaining, report.unreadable, report.cells]).toEqual([1, 0, 20]);
  });

  it('reports cells that no key opens, and leaves them as they are', async () => {
    await fill(10);
    const [damaged, foreign] = [...expected.keys()];
    const goneRing = new TokenCells(new LocalKeyRing([key('gone', 9)]));
    const { accessToken } = goneRing.encrypt(placeOf(foreign!), pair('gone'));
    await database.query(
      'UPDATE authorization_tokens SET access_token_cell = set_byte(access_token_cell, 30, 255 - get_byte(access_token_cell, 30)) WHERE authorization_id = $1',
      [damaged],
    );
    await database.query(
      'UPDATE authorization_tokens SET access_token_cell = $2 WHERE authorization_id = $1',
      [foreign, accessToken],
    );
    const report = await rekeyer().run(options());
    const place = { table: 'authorization_tokens', column: 'access_token_cell' };
    expect(report).toMatchObject({ rekeyed: 18, remaining: 2, unreadable: 2 });
    expect(report.firstUnreadable).toEqual([
      { ...place, rowId: `${damaged}@1795507200123`, reason: 'damaged' },
      { ...place, rowId: `${foreign}@1795507200123`, reason: 'unknown-key' },
    ]);
  });
});

describe('npm run rekey', () => {
  it('changes nothing when it is dry', async () => {
    await fill(10);
    const { output, exit } = rekey(['--dry-run']);
    expect(await exit).toBe(0);
    expect(JSON.parse(output.stdout)).toEqual({
      ...{ dryRun: true, primaryKeyId: 'new', cells: 20, rekeyed: 0, remaining: 20 },
      ...{ unreadable: 0, firstUnreadable: [], stopped: false },
    });
    expect(await countByKey()).toEqual({ old: 20 });
  });

  it('goes on where it was, told to stop or killed', async () => {
    await fill(1_500);
    const stopped = async (signal: 'SIGTERM' | 'SIGKILL') => {
      const { child, exit } = rekey();
      await once(child.stderr, 'data');
      child.kill(signal);
      return exit;
    };
    await whileSlow(async () => {
      expect([await stopped('SIGTERM'), await stopped('SIGKILL')]).toEqual([75, null]);
    });
    const between = await countByKey();
    expect([between['old']! > 0, between['new']! >= 1_000]).toEqual([true, true]);
    const { output, exit } = rekey();
    expect(await exit).toBe(0);
    expect(JSON.parse(output.stdout)).toMatchObject({
      ...{ cells: 3_000, rekeyed: between['old'], remaining: 0, unreadable: 0 },
    });
    expect(output.stderr).toContain(`${between['old']} of ${between['old']} cells (100 %)\n`);
    expect(await countByKey()).toEqual({ new: 3_000 });
    expect(await readAll(newRing)).toEqual(expected);
  });

  it('exits with 70 when a cell cannot be opened, with 2 and 78 on wrong usage', async () => {
    await fill(1);
    await database.query("UPDATE authorization_tokens SET access_token_cell = '\\x00'");
    const { output, exit } = rekey();
    expect([await exit, (JSON.parse(output.stdout) as { unreadable: number }).unreadable]).toEqual([
      70, 1,
    ]);
    const wrong = rekey(['--everything']);
    expect([await wrong.exit, wrong.output.stderr.split('\n')[0]]).toEqual([
      2,
      'Usage: rekey [--dry-run]',
    ]);
  });
});
