import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { startPostgres } from '../src/index.js';
import { WORKSPACE_ROOT } from '../src/stack/workspace.js';
import { npmStart, type NpmStart } from './support/npm-start.js';
import { findDescendants, findProcesses } from './support/processes.js';
import { filesHolding } from './support/search-bytes.js';

interface Ready {
  api: string;
  docs: string;
  gateway: string;
  databaseUrl: string;
  apiKey: string;
  appId: string;
  keysDir: string;
  dataDir: string;
  authorization: { id: string; status: string; subject: Record<string, string> };
}

interface Ledger {
  requests: { method: string; outcome: string }[];
  tokens: { accessToken: string; refreshToken: string }[];
}

/** The example person, in every form that the bytes could have. */
const PERSON = [
  Buffer.from('张三'),
  Buffer.from('d5c5c8fd', 'hex'),
  Buffer.from('\\u5f20\\u4e09'),
  Buffer.from('%E5%BC%A0%E4%B8%89'),
  Buffer.from('330701199901011311'),
  Buffer.from('13588111111'),
];

/** A start takes three seconds, and much longer on a busy machine. */
jest.setTimeout(120_000);

const isRoot = process.getuid?.() === 0;

describe('npm start', () => {
  let parent: string;
  let dataDir: string;
  const running: NpmStart[] = [];
  const start = (...parameters: Parameters<typeof npmStart>): NpmStart => {
    const started = npmStart(...parameters);
    running.push(started);
    return started;
  };
  const startReady = async (...args: string[]): Promise<[NpmStart, Ready]> => {
    const started = start(['--json', '--data-dir', dataDir, ...args]);
    return [started, JSON.parse(await started.firstLine()) as Ready];
  };

  beforeAll(async () => {
    // Not tmpdir(), which may lie where only its owner may enter.
    parent = await mkdtemp('/tmp/zhimaper-stack-');
    await chmod(parent, 0o755);
    dataDir = join(parent, 'data');
  });
  afterEach(async () => {
    for (const started of running.splice(0)) {
      started.kill('SIGTERM');
      await started.ended;
    }
  });
  afterAll(() => rm(parent, { recursive: true }));

  it('stores the example person, shows where everything is, stops with npm, and finds it again', async () => {
    const [first, ready] = await startReady();
    expect(Object.keys(ready)).toEqual([
      'api',
      'docs',
      'gateway',
      'databaseUrl',
      'apiKey',
      'appId',
      'keysDir',
      'dataDir',
      'authorization',
    ]);
    expect(ready.api).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(ready.docs).toBe(`${ready.api}/docs`);
    expect(ready.gateway).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/gateway\.do$/);
    expect(ready.dataDir).toBe(dataDir);
    expect(ready.keysDir).toBe(join(dataDir, 'keys'));
    expect(ready.authorization).toMatchObject({
      status: 'authorized',
      subject: { name: '*三', certNo: '330***********1311', mobile: '135****1111' },
    });

    const headers = { authorization: `Bearer ${ready.apiKey}` };
    const url = `${ready.api}/v1/authorizations/${ready.authorization.id}`;
    const stored = (await (await fetch(url, { headers })).json()) as Ready['authorization'];
    expect(stored).toMatchObject({ id: ready.authorization.id, status: 'authorized' });
    const client = new Client(ready.databaseUrl);
    await client.connect();
    const roles = await client.query(
      "SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name = 'zhimaper-api'",
    );
    await client.end();
    expect(roles.rows).toEqual([{ usename: 'zhimaper_api' }]);
    const ledgerUrl = ready.gateway.replace('gateway.do', '_sandbox/ledger');
    const { requests, tokens } = (await (await fetch(ledgerUrl)).json()) as Ledger;
    expect(requests).toMatchObject([
      { method: 'alipay.user.auth.zhimaper.inner.apply', outcome: 'success' },
    ]);
    expect(tokens).toHaveLength(1);

    first.kill('SIGTERM');
    const end = await first.ended;
    expect(end.code).toBe(0);
    expect(await findProcesses(ready.dataDir)).toEqual([]);

    const again = await start(['--once', '--json', '--data-dir', dataDir]).ended;
    expect(again.code).toBe(0);
    expect(again.stdout.match(/\n/g)).toHaveLength(1);
    expect(again.stderr.replace(/\d+\.\d s/g, 'N s').replace(/18\.\d+/, 'N')).toBe(
      [
        '✔ Postgres N ready  N s',
        '✔ Gateway sandbox ready  N s',
        '✔ Schema up to date  N s',
        '✔ Api ready  N s',
        '✔ API key made  N s',
        '✔ Example person authorized by an earlier start  N s',
        '✔ Stopped  N s',
        '',
      ].join('\n'),
    );
    const reread = JSON.parse(again.stdout) as Ready;
    expect(reread.authorization.id).toBe(ready.authorization.id);
    expect(reread.dataDir).toBe(ready.dataDir);
    expect(reread.apiKey === ready.apiKey).toBe(false);
    expect(await findProcesses(ready.dataDir)).toEqual([]);

    const secrets = tokens.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]);
    const tokenBytes = secrets.map((token) => Buffer.from(token));
    expect(tokenBytes).toHaveLength(2);
    for (const { stdout, stderr } of [end, again]) {
      const output = Buffer.from(stdout + stderr);
      expect([...PERSON, ...tokenBytes].filter((needle) => output.includes(needle))).toEqual([]);
    }
    const keys = [ready.apiKey, reread.apiKey].map((key) => Buffer.from(key));
    const masked = [Buffer.from('330***********1311')];
    expect((await filesHolding(ready.dataDir, masked)).length).toBeGreaterThan(0);
    expect(await filesHolding(ready.dataDir, [...PERSON, ...tokenBytes, ...keys])).toEqual([]);
  });

  it('refuses a second start on the same data, serves on, and stops when npm is killed by force', async () => {
    const [first, ready] = await startReady();
    const second = await start(['--json', '--data-dir', dataDir]).ended;
    expect(second.code).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toContain(`The local stack already runs on ${ready.dataDir}`);
    expect((await fetch(`${ready.api}/health/ready`)).status).toBe(200);
    // By force, npm passes no signal on.
    first.kill('SIGKILL');
    await first.ended;
    expect(await findProcesses(ready.dataDir)).toEqual([]);
  });

  it('stops while it starts', async () => {
    const started = start(['--json', '--data-dir', dataDir]);
    await started.says('Postgres');
    started.kill('SIGINT');
    const { code, stdout, stderr } = await started.ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('Stopped before it was ready.\n');
    expect(await findProcesses(dataDir)).toEqual([]);
  });

  it('ends, and says why, when the api ends unasked', async () => {
    const [started, ready] = await startReady();
    const [api] = await findDescendants(started.pid, join('apps', 'api', 'bin', 'api.js'));
    process.kill(api!, 'SIGKILL');
    const { code, stderr } = await started.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('  The api ended by SIGKILL.\n');
    expect(stderr).toContain(`  Log: ${ready.dataDir}/logs/api.log, which ends with\n`);
    expect(await findProcesses(ready.dataDir)).toEqual([]);
  });

  it('uses the database that DATABASE_URL names', async () => {
    const postgres = await startPostgres({ durability: false });
    try {
      const elsewhere = join(parent, 'other-database');
      const args = ['--once', '--json', '--data-dir', elsewhere];
      const { code, stdout } = await start(args, { env: { DATABASE_URL: postgres.url } }).ended;
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ databaseUrl: postgres.url, dataDir: elsewhere });
    } finally {
      await postgres.stop();
    }
  });

  it('says what is wrong with DATABASE_URL', async () => {
    const env = { DATABASE_URL: 'postgres://zhimaper:password@127.0.0.1:1/zhimaper' };
    const { code, stderr } = await start(['--once', '--data-dir', dataDir], { env }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('Cannot use DATABASE_URL: connect ECONNREFUSED 127.0.0.1:1.\n');
    expect(stderr).not.toContain('password');
  });

  it('refuses what it does not know', async () => {
    const { code, stdout, stderr } = await start(['--nope']).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Try npm start -- --help.\n');
  });

  it('works in a clone that only its owner may enter', async () => {
    const closed = join(parent, 'closed');
    const clone = join(closed, 'clone');
    await mkdir(closed, { mode: 0o700 });
    for (const path of ['package.json', 'tools/local-stack', 'apps/api']) {
      await cp(join(WORKSPACE_ROOT, path), join(clone, path), {
        recursive: true,
        filter: (source) => !/\/(src|test)$/.test(source),
      });
    }
    await symlink(join(WORKSPACE_ROOT, 'node_modules'), join(clone, 'node_modules'));

    try {
      const { code, stdout, stderr } = await start(['--once', '--json'], { cwd: clone }).ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('✔ Stopped') });
      const ready = JSON.parse(stdout) as Ready;
      expect(dirname(ready.dataDir)).toBe(isRoot ? '/var/tmp' : clone);
      expect(ready.authorization.status).toBe('authorized');
    } finally {
      await removeDataOf(clone);
    }
  });
});

/** The data of a clone that was closed to Postgres' user lie elsewhere, and a file says where. */
async function removeDataOf(clone: string): Promise<void> {
  if (!isRoot) return;
  const folder = await readFile(join(clone, '.local', 'data-dir'), 'utf8');
  await rm(folder.trim(), { recursive: true });
}
