import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startCli } from './support/built-cli.js';
import { useFolder } from './support/folder.js';
import { installProgram } from './support/programs.js';
import { runInShell } from './support/shell.js';
import { runOnTerminal } from './support/terminal.js';

const at = useFolder();
let env: Record<string, string>;

beforeEach(async () => {
  await mkdir(at('bin'));
  const PATH = await installProgram(at('bin'));
  env = { PATH, HOME: at(), XDG_CONFIG_HOME: at('config') };
});

function shell(line: string, more: Record<string, string> = {}) {
  return runInShell(line, { cwd: at(), env: { ...env, ...more } });
}

/** One clean message: what is wrong, and what to do. */
const MESSAGE = /^error: [^\n]+\n(?: {2}[^\n]+\n)*next: {2}[^\n]+\n$/;

describe('where the result goes', () => {
  it.each(['errors', 'errors --json', 'config list --explain', '--help'])(
    'ends well where the reader of %s has seen enough',
    async (args) => {
      const run = await shell(`zhimaper ${args} | head -1`);
      expect(run.stdout.split('\n')).toHaveLength(2);
      expect(run.status).toBe(0);
      expect(run.stderr).not.toContain('error');
    },
  );

  it.each(['errors', 'errors --json', 'errors NO_USER_ERROR', 'completion bash', '--version'])(
    'says that a full disk does not take %s',
    async (args) => {
      expect(await shell(`zhimaper ${args} > /dev/full`)).toEqual({
        status: 74,
        stdout: '',
        stderr: 'error: The result could not be written to stdout (ENOSPC).\n',
      });
    },
  );

  it.each([
    ['zhimaper errors >&-', 0],
    ['zhimaper errors NO_SUCH_CODE 2>&-', 5],
    ['zhimaper errors NO_SUCH_CODE 2>/dev/full', 5],
    ['zhimaper errors <&- >&- 2>&-', 0],
  ])('keeps its exit status for %s', async (line, status) => {
    expect(await shell(line)).toEqual({ status, stdout: '', stderr: '' });
  });

  it.each([
    'zhimaper keys generate --out-dir made',
    'zhimaper keys generate --out-dir made --force',
    'zhimaper config set app-id 2',
  ])('writes nothing by half: %s', async (line) => {
    await shell('mkdir made; zhimaper config set app-id 1');
    const before = await readFile(at('config/zhimaper/config.json'), 'utf8');
    const run = await shell(`ulimit -f 0; ${line}`);
    expect(run.stderr).toMatch(MESSAGE);
    expect(run.stderr).toContain('cannot be written: no file may grow so large here; nothing was');
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(await readdir(at('made'))).toEqual([]);
    expect(await readdir(at('config/zhimaper'))).toEqual(['config.json']);
    expect(await readFile(at('config/zhimaper/config.json'), 'utf8')).toBe(before);
  });
});

describe('where the input comes from', () => {
  it.each([
    'gateway apply --dry-run --input',
    'gateway call alipay.a.b --biz-content @{} --input',
    'sign --input',
    'explain --method alipay.a.b',
    'explain',
    'keys inspect',
    'keys convert --public',
    'certs sn',
    'certs inspect',
    'certs verify --root {}',
    'batch submit --format csv',
  ])('refuses a folder, a missing file and a loop: %s', async (args) => {
    const keys = { ALIPAY_PUBLIC_KEY_FILE: '', ALIPAY_APP_ID: '1' };
    for (const [file, cause] of [
      ['made', 'it is a folder'],
      ['missing', 'there is no such file'],
      ['loop', 'ELOOP'],
    ]) {
      await shell('mkdir -p made; ln -sf loop loop');
      const run = await shell(`zhimaper ${args.replaceAll('{}', String(file))} ${file}`, keys);
      expect(run.stderr).toContain(`${file} cannot be read: ${cause}.`);
      expect(run.stderr).toMatch(MESSAGE);
      expect([2, 78]).toContain(run.status);
      expect(run.stdout).toBe('');
    }
  });

  it.each([
    ['gateway apply --dry-run --input -', 'stdin is empty.'],
    ['sign --input -', 'stdin is empty.'],
    ['certs sn -', 'stdin: '],
    ['batch submit - --format csv --dry-run', 'stdin has no lines.'],
    ['explain -', 'No code that the catalogue knows stands in the text.'],
  ])('says that a closed stdin has nothing: %s', async (args, message) => {
    for (const closed of ['<&-', '</dev/null']) {
      const run = await shell(`zhimaper ${args} ${closed}`);
      expect(run.stderr).toContain(`error: ${message}`);
      expect(run.stderr).toMatch(MESSAGE);
      expect([2, 5]).toContain(run.status);
    }
  });

  it.each([
    ['gateway apply --dry-run', 'certNo is required'],
    ['authorizations erase ID', 'no terminal is there to ask'],
    ['authorizations erase --person', '--input'],
    ['authorizations resolve ID --outcome rejected', '--note is missing.'],
  ])('asks nobody where there is no terminal: %s', async (args, message) => {
    const api = { ZHIMAPER_API_URL: 'http://127.0.0.1:1009', ZHIMAPER_API_KEY: 'zma_x' };
    const run = await shell(`zhimaper ${args}`, api);
    expect(run.stderr).toContain(message);
    expect(run.stderr).toMatch(MESSAGE);
    expect(run).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('a terminal', () => {
  const COLOUR = '\u001b[';

  it.each([
    [{ NO_COLOR: '', TERM: 'xterm' }, true],
    [{ NO_COLOR: '1', TERM: 'xterm' }, false],
    [{ NO_COLOR: '', TERM: 'dumb' }, false],
  ])('with %j is coloured: %s', async (settings, coloured) => {
    for (const args of ['errors --class end-user', 'errors NO_SUCH_CODE']) {
      const run = await runOnTerminal(`zhimaper ${args}`, { env: { ...env, ...settings } });
      expect(run.screen.includes(COLOUR)).toBe(coloured);
    }
  });

  it.each([
    ['Ctrl-C', '3307\u0003', 130, 'error: Interrupted at a prompt.'],
    ['Ctrl-D', '\u0004', 2, 'error: ID number was not given.'],
    ['SIGTERM', terminate, 143, 'error: Interrupted at a prompt.'],
  ])('shows what is typed again after %s at a hidden prompt', async (_what, act, status, said) => {
    const start = `sh -c 'echo $$ > pid; exec zhimaper gateway apply --dry-run'`;
    const { screen } = await runOnTerminal(`${start}; echo "[$?]"; stty -a`, {
      env,
      cwd: at(),
      answers: [
        ['Name: ', '张三\r'],
        ['ID number: ', act],
      ],
    });
    expect(screen).toContain(`${said}\n`);
    expect(screen).toContain(`\n[${status}]\n`);
    expect(screen).not.toContain('3307');
    expect(screen).toMatch(/ icanon .* echo /s);
  });

  function terminate(): void {
    process.kill(Number(readFileSync(at('pid'), 'utf8')), 'SIGTERM');
  }
});

describe('SIGINT while a request is under way', () => {
  let silent: Server;
  let asked: Promise<unknown>;
  let settings: Record<string, string>;

  beforeAll(async () => {
    silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    if (typeof address !== 'object' || address === null) throw new Error('There is no port.');
    const url = `http://127.0.0.1:${address.port}`;
    settings = {
      ZHIMAPER_API_URL: url,
      ZHIMAPER_API_KEY: 'zma_x',
      ALIPAY_GATEWAY_URL: `${url}/gateway.do`,
    };
  });
  beforeEach(() => {
    asked = once(silent, 'request');
  });
  afterAll(async () => {
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  const ID = '0193579b-df00-7000-8000-000000000001';

  it.each([
    [['authorizations', 'list'], 130],
    [['authorizations', 'get', ID], 130],
    [['authorizations', 'get', ID, '--watch'], 130],
    [['authorizations', 'token', ID, '--yes'], 130],
    [['audit', 'list'], 130],
    [['audit', 'verify'], 130],
    [['api-keys', 'list'], 130],
    [['batch', 'list'], 130],
    [['batch', 'status', ID, '--follow'], 130],
    [['doctor'], 130],
    // It may have been done all the same.
    [['authorizations', 'refresh', ID], 3],
    [['authorizations', 'resolve', ID, '--outcome', 'rejected', '--note', 'x'], 3],
    [['authorizations', 'erase', ID, '--yes'], 3],
    [['api-keys', 'create', '--name', 'x', '--scopes', 'audit:read'], 3],
    [['batch', 'cancel', ID], 3],
    [['api-keys', 'revoke', ID], 3],
  ])('%j ends with %d', async (args, status) => {
    const { child, ended } = startCli([...args, '--json'], { env: settings, stdin: null });
    await asked;
    child.kill('SIGINT');
    const run = await ended;
    expect(run.stderr).toMatch(status === 130 ? /^error: Interrupted\.\n$/ : MESSAGE);
    expect(run.stdout.split('\n')).toHaveLength(2);
    expect(JSON.stringify(JSON.parse(run.stdout))).toContain(
      status === 130 ? '"interrupted"' : '"unknown-outcome"',
    );
    expect(run.status).toBe(status);
  });

  it('ends the question to a sandbox', async () => {
    const { child, ended } = startCli(['sandbox', 'ledger'], { env: settings, stdin: null });
    await asked;
    child.kill('SIGINT');
    expect(await ended).toEqual({ status: 130, stdout: '', stderr: 'error: Interrupted.\n' });
  });
});
