import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { createGatewaySandbox } from '../src/index.js';
import { exchange } from './support/http.js';
import { open } from './support/signed-call.js';

const command = fileURLToPath(new URL('../bin/sandbox.js', import.meta.url));

/** Made once: generating keys is what takes time here. */
let keys: string;
let dir: string;
let child: ChildProcess | undefined;
beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'sandbox-keys-'));
  await (await createGatewaySandbox({ keysDir: keys })).close();
});
afterAll(async () => {
  await rm(keys, { recursive: true });
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sandbox-command-'));
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  await rm(dir, { recursive: true });
});

interface Running {
  output: { stdout: string; stderr: string };
  /** Resolves with what stands on stdout once something does. */
  ready: Promise<string>;
  exited: Promise<number | null>;
}

function start(...args: string[]): Running {
  const output = { stdout: '', stderr: '' };
  const started = spawn(process.execPath, [command, ...args], { cwd: dir });
  child = started;
  started.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ready = new Promise<string>((resolve) => {
    started.stdout.on('data', (chunk: Buffer) => {
      output.stdout += chunk.toString();
      resolve(output.stdout);
    });
  });
  const exited = new Promise<number | null>((resolve) => {
    started.on('close', (status) => {
      resolve(status);
    });
  });
  return { output, ready, exited };
}

describe('the command', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'with --json prints one line, serves, and stops on %s with connections open',
    async (signal) => {
      const { output, ready, exited } = start(
        '--port',
        '0',
        '--keys',
        keys,
        '--app-id',
        'app1',
        '--json',
      );
      const line = await ready;
      const { gatewayUrl, ...rest } = JSON.parse(line) as Record<string, string>;
      expect(line.split('\n')).toHaveLength(2);
      expect(gatewayUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/gateway\.do$/);
      expect(rest).toEqual({ appId: 'app1', keysDir: keys });

      const agent = new Agent({ keepAlive: true });
      const answer = await exchange(`${gatewayUrl}?charset=utf-8`, { agent });
      const alipayPublicKey = await readFile(join(keys, 'alipay-public-key.pem'), 'utf8');
      const target = {
        gatewayUrl: gatewayUrl!,
        appId: 'app1',
        keys: { appPrivateKey: '', alipayPublicKey },
      };
      expect(open(answer, target).verified).toBe(true);

      const scenarios = gatewayUrl!.replace('gateway.do', '_sandbox/scenarios');
      const heldBack = { method: 'POST', body: '{"then":{"delayMs":60000}}' };
      expect((await exchange(scenarios, heldBack)).status).toBe(201);
      const lost = exchange(`${gatewayUrl}?charset=utf-8`).catch(() => 'lost');
      const ledger = gatewayUrl!.replace('gateway.do', '_sandbox/ledger');
      while (!(await exchange(ledger)).body.includes('delayMs')) await sleep(5);

      const asked = performance.now();
      child!.kill(signal);
      expect(await exited).toBe(0);
      expect(performance.now() - asked).toBeLessThan(10_000);
      agent.destroy();
      expect(await lost).toBe('lost');
      expect(output).toEqual({ stdout: line, stderr: '' });
    },
  );

  it('tells people where everything is, and keeps keys in .local by default', async () => {
    const { ready } = start();
    expect((await ready).replace(/:\d+/g, ':PORT'))
      .toBe(`The gateway sandbox is ready; Ctrl-C stops it.

  gateway    http://127.0.0.1:PORT/gateway.do
  app ID     2021000000000001
  keys       ${dir}/.local/gateway-sandbox
  ledger     http://127.0.0.1:PORT/_sandbox/ledger
  scenarios  http://127.0.0.1:PORT/_sandbox/scenarios
`);
    expect(await readdir(join(dir, '.local/gateway-sandbox'))).toHaveLength(11);
  });

  it('takes the content key of a file, and says so where it holds none', async () => {
    await writeFile(join(dir, 'good.txt'), 'MDEyMzQ1Njc4OWFiY2RlZg==\n');
    await writeFile(join(dir, 'bad.txt'), 'hello\n');
    const good = start('--keys', keys, '--encrypt-key-file', 'good.txt', '--json');
    expect(Object.keys(JSON.parse(await good.ready) as object)).toEqual([
      'gatewayUrl',
      'appId',
      'keysDir',
    ]);
    child!.kill('SIGTERM');
    expect(await good.exited).toBe(0);

    for (const [file, message] of [
      ['bad.txt', 'The content key has to be the base64 of 16, 24 or 32 bytes.'],
      ['none.txt', "ENOENT: no such file or directory, open 'none.txt'"],
    ] as const) {
      const { output, exited } = start('--keys', keys, '--encrypt-key-file', file);
      expect(await exited).toBe(1);
      expect(output.stderr).toBe(`gateway-sandbox: ${message}\n`);
    }
  });

  it('prints its help', async () => {
    const { output, exited } = start('--help');
    expect(await exited).toBe(0);
    expect(output.stdout.split('\n')[0]).toBe('Usage: npm run sandbox -- [options]');
  });

  it.each([
    [['--prot', '1'], "Unknown option '--prot'"],
    [['extra'], "Unexpected argument 'extra'"],
    [['--port', 'x'], '--port takes a whole number from 0 to 65535, not "x".'],
    [['--port', '65536'], '--port takes a whole number from 0 to 65535, not "65536".'],
    [
      ['--timestamp-tolerance', '1e3'],
      '--timestamp-tolerance takes a whole number from 0 to 1000000000, not "1e3".',
    ],
    [['--app-id', 'a b'], '--app-id takes 1 to 32 letters or digits.'],
  ])('refuses %j with status 2', async (args, message) => {
    const { output, exited } = start(...args);
    expect(await exited).toBe(2);
    expect(output.stdout).toBe('');
    expect(output.stderr).toContain(`gateway-sandbox: ${message}`);
    expect(output.stderr.trimEnd().split('\n').at(-1)).toBe('Try --help.');
    expect(await readdir(dir)).toEqual([]);
  });

  it('says so, with status 1, where the port is taken', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as { port: number };
    const { output, exited } = start('--port', String(port), '--keys', keys);
    expect(await exited).toBe(1);
    squatter.close();
    expect(output.stderr).toBe(
      `gateway-sandbox: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    );
  });
});
