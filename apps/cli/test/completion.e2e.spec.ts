import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from './support/built-cli.js';
import { capture } from './support/capture.js';
import { useFolder } from './support/folder.js';
import { installProgram } from './support/programs.js';
import { runOnTerminal } from './support/terminal.js';

const run = promisify(execFile);
const at = useFolder();
let env: Record<string, string>;

beforeEach(async () => {
  await mkdir(at('config/zhimaper'), { recursive: true });
  await writeFile(
    at('config/zhimaper/config.json'),
    '{"version":1,"current":"default","profiles":{"staging":{},"production":{}}}',
  );
  await writeFile(at('alipay-root.crt'), '');
  const PATH = await installProgram(at());
  env = { PATH, HOME: at(), XDG_CONFIG_HOME: at('config'), LC_ALL: 'C.UTF-8' };
});

/** What may stand in the place of the last word. */
async function candidates(...words: string[]): Promise<string[]> {
  const { stdout } = await capture(['__complete', '--', ...words], { env });
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t')[0] ?? '');
}

describe('what may come next', () => {
  it.each<[string[], string[]]>([
    [['ver'], ['verify']],
    [
      ['authorizations', 're'],
      ['refresh', 'resolve'],
    ],
    [
      ['sandbox', 'scenario', ''],
      ['add', 'clear'],
    ],
    [['errors', '--c'], ['--class']],
    [['errors', '--class', 'end'], ['end-user']],
    [['errors', '--class=end'], ['--class=end-user']],
    [['errors', '--class', 'end-user', '--c'], []],
    [['errors', 'isv.invalid-signature-'], ['isv.invalid-signature-type']],
    [['errors', 'no_user'], ['NO_USER_ERROR']],
    [['sign', '--param', 'a=1', '--par'], ['--param']],
    [
      ['authorizations', 'list', '--status', 'a'],
      ['authorized', 'abandoned'],
    ],
    [
      ['authorizations', 'resolve', 'ID', '--outcome', ''],
      ['rejected', 'abandoned', 'adopted'],
    ],
    [['audit', 'list', '--action', 'keys.'], ['keys.rekeyed']],
    [
      ['api-keys', 'create', '--scopes', 'tokens:'],
      ['tokens:read', 'tokens:refresh'],
    ],
    [['api-keys', 'create', '--scopes', 'tokens:read,tokens'], ['tokens:read,tokens:refresh']],
    [
      ['gateway', 'apply', '--charset', 'gb'],
      ['gbk', 'gb2312', 'gb18030'],
    ],
    [
      ['config', 'set', 'api'],
      ['api-url', 'api-key-file'],
    ],
    [
      ['config', 'use', ''],
      ['staging', 'production'],
    ],
    [['doctor', '--profile', 'st'], ['staging']],
    [['completion', 'f'], ['fish']],
    [['certs', 'sn', ''], []],
    [['gateway', 'apply', '--input', ''], []],
    [['no-such-command', ''], []],
  ])('%j: %j', async (words, expected) => {
    expect(await candidates(...words)).toEqual(expected);
  });

  it('offers every command, and neither itself nor help', async () => {
    const offered = await candidates('');
    expect(offered).toEqual(
      expect.arrayContaining([
        ...[
          'gateway',
          'sign',
          'verify',
          'explain',
          'authorizations',
          'api-keys',
          'audit',
          'errors',
        ],
        ...['keys', 'certs', 'config', 'doctor', 'sandbox', 'completion'],
      ]),
    );
    expect(offered.filter((name) => name === 'help' || name.startsWith('__'))).toEqual([]);
  });

  it('says nothing where the api is away or the profile is wrong, and ends well', async () => {
    const away = { ZHIMAPER_API_URL: 'http://127.0.0.1:1009', ZHIMAPER_API_KEY: 'zma_nobody' };
    for (const given of [away, {}, { ...away, ZHIMAPER_PROFILE: 'nothing' }]) {
      expect(
        await runCli(['__complete', '--', 'authorizations', 'get', ''], { env: given }),
      ).toEqual({ status: 0, stdout: '', stderr: '' });
    }
  });
});

describe('zhimaper completion', () => {
  it('refuses a shell that it does not know', async () => {
    const refused = await runCli(['completion', 'tcsh', '--json']);
    expect(refused.stdout).toBe('{"shell":null,"script":null}\n');
    expect(refused.stderr).toContain('Allowed choices are bash, zsh, fish.');
    expect(refused.status).toBe(2);
  });

  // What is typed before Tab, and the word as it is then.
  const LINES = [
    ['zhimaper errors NO_USER_ER', 'NO_USER_ERROR'],
    ['zhimaper errors --class end', 'end-user'],
    ['zhimaper errors --class=end', '--class=end-user'],
    // Neither the colon nor what stands in front of it is doubled.
    ['zhimaper api-keys create --scopes audit:r', 'audit:read'],
    ['zhimaper certs sn alipay-r', 'alipay-root.crt'],
  ] as const;

  it.each([
    ['bash --noprofile --norc -i', 'source <(zhimaper completion bash)'],
    ['zsh -f -i', 'autoload -U compinit && compinit -D && source <(zhimaper completion zsh)'],
  ])('completes in %s', async (shell, setUp) => {
    const { status } = await runOnTerminal(shell, {
      env: { ...env, PS1: 'ready> ', TERM: 'dumb' },
      cwd: at(),
      answers: [
        ['ready> ', `${setUp}\r`],
        ['ready> ', ''],
        // Ctrl-U takes the line away once it is complete.
        ...LINES.flatMap(([typed, word]) => {
          const completed = `${typed.slice(0, typed.lastIndexOf(' '))} ${word} `;
          return [['', `${typed}\t`] as const, [completed, '\u0015'] as const];
        }),
        ['', 'exit 7\r'],
      ],
    });
    // It gets there only where every line was completed as expected.
    expect(status).toBe(7);
  });

  it('completes in fish', async () => {
    const lines = LINES.map(([typed]) => `complete -C '${typed}'`).join('; ');
    const script = `zhimaper completion fish | source; ${lines}`;
    const { stdout } = await run('fish', ['--no-config', '-c', script], { env, cwd: at() });
    expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual([
      ...['NO_USER_ERROR', 'end-user', '--class=end-user', 'audit:read', 'alipay-root.crt', ''],
    ]);
  });
});
