import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, afterEach, describe, expect, it } from '@jest/globals';
import { runCli, startCli, type EndedRun } from './support/built-cli.js';
import { capture } from './support/capture.js';
import { useFolder } from './support/folder.js';
import { personJson, startTestGateway, type TestGateway } from './support/gateway.js';
import { runInTerminal } from './support/terminal.js';

const at = useFolder();
let gateway: TestGateway;
/** Made once: that takes a while. */
let keys: string;

beforeAll(async () => {
  gateway = await startTestGateway();
  keys = await mkdtemp(join(tmpdir(), 'zhimaper-keys-'));
});
afterEach(() => {
  gateway.sandbox.reset();
});
afterAll(async () => {
  await gateway.sandbox.close();
  await rm(keys, { recursive: true });
});

describe('zhimaper sandbox', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('runs until %s, with keys that work', async (signal) => {
    const { child, ended } = startCli([
      ...['sandbox', '--keys', keys, '--app-id', '2021000000000009', '--json'],
    ]);
    const [line] = (await once(child.stdout, 'data')) as [string];
    const { gatewayUrl, ...rest } = JSON.parse(line) as Record<string, string>;
    expect(gatewayUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/gateway\.do$/);
    expect(rest).toEqual({ appId: '2021000000000009', keysDir: keys });
    expect(await readdir(keys)).toEqual(
      expect.arrayContaining(['alipay-root.crt', 'app-cert.crt', 'app-private-key.pem']),
    );
    const applied = await capture(['gateway', 'apply', '--input', '-', '--json'], {
      stdin: personJson(),
      now: new Date(),
      env: {
        ALIPAY_GATEWAY_URL: gatewayUrl ?? '',
        ALIPAY_APP_ID: '2021000000000009',
        ALIPAY_APP_PRIVATE_KEY_FILE: join(keys, 'app-private-key.pem'),
        ALIPAY_PUBLIC_KEY_FILE: join(keys, 'alipay-public-key.pem'),
      },
    });
    expect(applied.status).toBe(0);
    child.kill(signal);
    expect(await ended).toEqual({ status: 0, stdout: line, stderr: 'It runs until Ctrl-C.\n' });
  });

  it('stops at Ctrl-C on a terminal', async () => {
    const { status, screen } = await runInTerminal(['sandbox', '--keys', keys], {
      env: {},
      answers: [['It runs until Ctrl-C.', '\u0003']],
    });
    expect(screen).toMatch(
      /^gateway {2}http:\/\/127\.0\.0\.1:\d+\/gateway\.do\napp id {3}2021000000000001\nkeys {5}\//,
    );
    expect(status).toBe(0);
  });

  it.each([
    [['--port', '70000'], 'It is a whole number from 0 to 65535.'],
    [['--app-id', 'no id'], 'appId has to be 1 to 32 letters or digits.'],
    [['--keys', '/dev/null/keys'], 'ENOTDIR'],
  ])('refuses %j', async (args, message) => {
    const run = await capture(['sandbox', '--keys', keys, ...args, '--json']);
    expect(run.stderr).toContain(message);
    expect(run.stdout).toBe('{"gatewayUrl":null,"appId":null,"keysDir":null}\n');
    expect(run.status).toBe(2);
  });

  it('says where the port is taken', async () => {
    const { port } = new URL(gateway.sandbox.url);
    const run = await capture(['sandbox', '--keys', keys, '--port', port]);
    expect(run.stderr).toContain(`error: Something listens on port ${port} already.`);
    expect(run.status).toBe(2);
  });

  it('says what to install where the bundle stands alone, and all else works there', async () => {
    await mkdir(at('alone'));
    for (const name of ['bin', 'dist', 'package.json']) {
      await cp(fileURLToPath(new URL(`../${name}`, import.meta.url)), at(`alone/${name}`), {
        recursive: true,
      });
    }
    const run = await runAlone(['sandbox']);
    expect(run.stderr).toBe(
      'error: The gateway sandbox is not installed here.\nnext:  Install @zhimaper/gateway-sandbox beside zhimaper, or run zhimaper sandbox in the clone of its repository.\n',
    );
    expect(run.status).toBe(78);
    expect((await runAlone(['errors', 'NO_USER_ERROR'])).status).toBe(0);
    expect((await runAlone(['keys', 'generate', '--out-dir', at('made')])).status).toBe(0);
  });

  async function runAlone(args: readonly string[]): Promise<Omit<EndedRun, 'stdout'>> {
    const child = spawn(process.execPath, [at('alone/bin/zhimaper.js'), ...args], {
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [status] = (await once(child, 'close')) as [number];
    return { status, stderr };
  }
});

describe('zhimaper sandbox scenario', () => {
  it('makes a sandbox misbehave, and takes it back', async () => {
    const args = ['sandbox', 'scenario', 'add', '--mobile', '13588111111'];
    const { env } = gateway;
    const error = await runCli([...args, '--sub-code', 'SYSTEM_ERROR', '--times', '1', '--json'], {
      env,
    });
    expect(error).toEqual({ status: 0, stdout: '{"id":"scenario-1"}\n', stderr: '' });
    const fault = await capture([...args, '--then', '{"resetAfter":true}'], { env });
    expect(fault.stdout).toBe('scenario\tscenario-2\n');
    expect(await apply()).toMatchObject({ subCode: 'SYSTEM_ERROR', outcome: 'unknown-outcome' });
    expect(await apply()).toMatchObject({ code: null, outcome: 'unknown-outcome' });

    const cleared = await runInTerminal(['sandbox', 'scenario', 'clear'], { env });
    expect(cleared).toEqual({ status: 0, screen: 'cleared  yes\n' });
    expect(await apply()).toMatchObject({ outcome: 'success' });
  });

  it.each([
    [[], 'The scenario does nothing.'],
    [['--then', '{"reset":true}'], 'The sandbox does not take it: "then" has an unknown member'],
    [['--then', '[]'], '--then is valid JSON but not an object.'],
    [['--sub-code', 'X', '--times', '0'], 'It is a whole number from 1 to 1000000.'],
  ])('refuses %j', async (args, message) => {
    const run = await capture(['sandbox', 'scenario', 'add', ...args, '--json'], gateway);
    expect(run.stderr).toContain(message);
    expect(run).toMatchObject({ status: 2, stdout: '{"id":null}\n' });
  });
});

describe('zhimaper sandbox ledger', () => {
  it('shows what was asked, and is emptied', async () => {
    const { env } = gateway;
    const none = await capture(['sandbox', 'ledger'], { env });
    expect(none.stderr).toBe('Nothing was asked.\n0 pairs of tokens issued; see --json.\n');
    await apply();
    const { requests, tokens } = gateway.sandbox.ledger();

    const json = await runCli(['sandbox', 'ledger', '--json'], { env });
    expect(JSON.parse(json.stdout)).toEqual({ requests, tokens });
    const plain = await runCli(['sandbox', 'ledger', '--utc'], { env });
    const time = `${String(requests[0]?.at).slice(0, 19).replace('T', ' ')}Z`;
    const method = 'alipay.user.auth.zhimaper.inner.apply';
    expect(plain).toEqual({
      status: 0,
      stdout: `${[time, method, '13588111111', 'accepted', 'success', requests[0]?.traceId].join('\t')}\n`,
      stderr: '1 pair of tokens issued; see --json.\n',
    });
    const { screen } = await runInTerminal(['sandbox', 'ledger'], { env });
    expect(screen).toMatch(/^AT +METHOD +MOBILE +VERDICT +OUTCOME +TRACE ID\n2/);

    const cleared = await capture(['sandbox', 'ledger', '--clear', '--json'], { env });
    expect(cleared.stdout).toBe('{"requests":[],"tokens":[]}\n');
    expect(gateway.sandbox.ledger()).toEqual({ requests: [], tokens: [] });
  });

  it.each([
    // A privileged port, which no other test is ever given.
    [
      'http://127.0.0.1:1009/gateway.do',
      69,
      '127.0.0.1:1009 does not answer: nothing listens there.',
    ],
    ['https://openapi.alipay.com/gateway.do', 5, 'openapi.alipay.com is no gateway sandbox.'],
    ['nonsense', 78, '--gateway-url is not an http or https URL.'],
  ])('at %s ends with %d', async (url, status, message) => {
    const run = await capture(['sandbox', 'ledger', '--gateway-url', url, '--json']);
    expect(run.stderr).toContain(message);
    expect(run).toMatchObject({ status, stdout: '{"requests":null,"tokens":null}\n' });
  });
});

async function apply(): Promise<unknown> {
  const { stdout } = await capture(['gateway', 'apply', '--input', '-', '--json'], {
    env: gateway.env,
    stdin: personJson(),
    now: new Date(),
  });
  return JSON.parse(stdout);
}
