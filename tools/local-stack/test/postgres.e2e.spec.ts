import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { cloneDatabase, startPostgres, type EmbeddedPostgres } from '../src/index.js';
import { findPostgresAccount } from '../src/process/account.js';
import { locateNativeFolder, prepareBinaries } from '../src/postgres/binaries.js';
import { readPostmasterFile } from '../src/postgres/postmaster.js';
import { findFreePort } from '../src/process/free-port.js';
import { waitUntil } from '../src/process/wait-until.js';
import { findProcesses, hasEnded } from './support/processes.js';

/** A server starts within two seconds, and much later on a busy machine. */
jest.setTimeout(60_000);

const isRoot = process.getuid?.() === 0;

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

describe('a server without a folder of its own', () => {
  let postgres: EmbeddedPostgres;
  beforeAll(async () => {
    postgres = await startPostgres({ durability: false });
  });
  afterAll(() => postgres.stop());

  it('speaks UTF-8, sorts by bytes, and listens on 127.0.0.1 alone', async () => {
    expect(
      await query(
        postgres.url,
        `SELECT current_setting('server_encoding') AS encoding, datcollate AS collation,
                current_setting('listen_addresses') AS addresses,
                current_setting('unix_socket_directories') AS sockets, '张' AS text
           FROM pg_database WHERE datname = current_database()`,
      ),
    ).toEqual([
      { encoding: 'UTF8', collation: 'C', addresses: '127.0.0.1', sockets: '', text: '张' },
    ]);
    expect(postgres.version).toBe('18.4');
  });

  it('refuses a wrong password', async () => {
    await expect(
      query(postgres.url.replace(/:[0-9a-f]{64}@/, ':wrong@'), 'SELECT 1'),
    ).rejects.toMatchObject({ code: '28P01' });
  });

  it('clones a database, over an earlier clone too', async () => {
    await query(postgres.url, 'CREATE DATABASE template');
    await query(postgres.urlFor('template'), 'CREATE TABLE t AS SELECT 42 AS answer');
    await cloneDatabase(postgres.url, 'template', 'clone "1"');
    const clone = postgres.urlFor(encodeURIComponent('clone "1"'));
    await query(clone, 'DELETE FROM t');
    await cloneDatabase(postgres.url, 'template', 'clone "1"');
    expect(await query(clone, 'SELECT * FROM t')).toEqual([{ answer: 42 }]);
  });

  it('writes no statement and no row to its log', async () => {
    await query(postgres.url, 'CREATE TABLE person (name text CHECK (length(name) > 9))');
    await expect(
      query(postgres.url, "INSERT INTO person VALUES ('CANARY-张三')"),
    ).rejects.toMatchObject({ code: '23514', detail: 'Failing row contains (CANARY-张三).' });
    const log = await readFile(join(postgres.dataDir, 'logs', 'postgres.log'), 'utf8');
    expect(log).toContain('violates check constraint');
    expect(log).not.toContain('CANARY');
  });

  it('leaves neither process nor folder when stopped', async () => {
    await postgres.stop();
    expect(await findProcesses(postgres.dataDir)).toEqual([]);
    expect(await findProcesses(`guard ${postgres.pid} `)).toEqual([]);
    expect(await exists(postgres.dataDir)).toBe(false);
  });
});

describe('a server on a folder', () => {
  let parent: string;
  let dataDir: string;
  const running: EmbeddedPostgres[] = [];
  const elsewhere: string[] = [];
  const start = async (options: Partial<Parameters<typeof startPostgres>[0]> = {}) => {
    const postgres = await startPostgres({ dataDir, durability: false, ...options });
    running.push(postgres);
    return postgres;
  };

  beforeAll(async () => {
    // Not tmpdir(), which may lie where only its owner may enter.
    parent = await mkdtemp('/tmp/zhimaper-postgres-');
    await chmod(parent, 0o755);
    dataDir = join(parent, '.local');
  });
  afterEach(async () => {
    for (const postgres of running.splice(0)) await postgres.stop();
    for (const folder of elsewhere.splice(0)) await rm(folder, { recursive: true });
  });
  afterAll(() => rm(parent, { recursive: true }));

  it('keeps its data over a restart', async () => {
    const first = await start({ durability: true });
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await first.stop();
    const second = await start({ durability: true });
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    expect(second.dataDir).toBe(dataDir);
  });

  it('lets a second start alone, and serves on', async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    expect(await query(first.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('runs where only its owner may enter the folders of data and programs', async () => {
    const closed = await mkdtemp(join(parent, 'closed-'));
    const packageFolder = join(closed, 'package');
    await cp(dirname(locateNativeFolder()), packageFolder, { recursive: true });
    const options = {
      dataDir: join(closed, '.local'),
      nativeFolder: join(packageFolder, 'native'),
    };

    const first = await start(options);
    elsewhere.push(first.dataDir);
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await first.stop();
    const second = await start(options);

    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    expect(second.dataDir).toBe(first.dataDir);
    expect(dirname(second.dataDir)).toBe(isRoot ? '/var/tmp' : closed);
    const cluster = await stat(join(second.dataDir, 'postgres'));
    expect(cluster.mode & 0o777).toBe(0o700);
    expect(cluster.uid === 0).toBe(false);
    expect((await stat(join(second.dataDir, 'secrets', 'postgres-password'))).mode & 0o777).toBe(
      0o600,
    );
  });

  it('is not kept from starting by another process with the number of its predecessor', async () => {
    await (await start()).stop();
    const cluster = join(dataDir, 'postgres');
    const { uid, gid } = await stat(cluster);
    const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    await once(stranger, 'spawn');
    try {
      await writeFile(join(cluster, 'postmaster.pid'), `${stranger.pid}\n${cluster}\n`);
      const postgres = await start();
      expect(await query(postgres.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
      expect(stranger.exitCode).toBeNull();
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  it('stops a server that an earlier start left behind', async () => {
    await (await start()).stop();
    const cluster = join(dataDir, 'postgres');
    const { uid, gid } = await stat(cluster);
    const port = await findFreePort(0, '--database-port');
    const binaries = await prepareBinaries(
      locateNativeFolder(),
      join(dataDir, 'binaries'),
      await findPostgresAccount(),
    );
    const leftover = spawn(
      binaries.postgres,
      ['-D', cluster, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'],
      { stdio: 'ignore', cwd: '/', ...(isRoot && { uid, gid }) },
    );
    const isReady = async () => (await readPostmasterFile(cluster))?.ready || undefined;
    await waitUntil(isReady, { timeoutMs: 10_000, intervalMs: 20 });
    const ended = once(leftover, 'exit');
    const postgres = await start();
    expect(await ended).toEqual([0, null]);
    expect(await query(postgres.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('ends with the process that started it, even by force', async () => {
    const holder = spawn(
      process.execPath,
      [join(import.meta.dirname, 'support', 'hold-postgres.mjs'), dataDir],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(holder.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    holder.kill('SIGKILL');
    expect(await hasEnded(pid, 10_000)).toBe(true);
    const postgres = await start();
    expect(await query(postgres.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('leaves nothing when called off while it starts', async () => {
    const fresh = join(parent, 'called-off');
    const interruption = new AbortController();
    const starting = start({ dataDir: fresh, signal: interruption.signal });
    setTimeout(() => interruption.abort(new Error('called off')), 200);
    await expect(starting).rejects.toThrow('called off');
    expect(await findProcesses(fresh)).toEqual([]);
    expect(await exists(join(fresh, 'running.lock'))).toBe(false);
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    try {
      await expect(start({ port })).rejects.toMatchObject({
        code: 'PORT_IN_USE',
        message: `Port ${port} of 127.0.0.1 is taken or reserved.`,
      });
    } finally {
      other.close();
    }
  });
});
