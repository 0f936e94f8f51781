import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { LocalStack } from '@zhimaper/local-stack';
import { capture } from './support/capture.js';
import { commandPaths, examplesOf } from './support/command-tree.js';
import { ExampleWorld } from './support/example-world.js';
import { personJson } from './support/gateway.js';
import { runInShell, type ShellOptions } from './support/shell.js';
import { startTestStack } from './support/stack.js';
import { runOnTerminal, type TerminalOptions } from './support/terminal.js';

jest.setTimeout(120_000);

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CALL = /^(npx )?zhimaper /m;

const { all, working } = commandPaths();

/** What scripts rely on; a member that goes or changes its meaning asks for another version. */
const { version, members } = JSON.parse(
  readFileSync(join(ROOT, 'apps/cli/json-shapes.json'), 'utf8'),
) as { version: number; members: Record<string, string[]> };

/** How an example ends that does not end with 0 here. */
const OTHER_STATUSES: readonly (readonly [example: RegExp, status: number, why: RegExp])[] = [
  // The sandbox knows no such method.
  [/^zhimaper gateway call alipay\.trade\.query/, 78, /isv\.invalid-method/],
];

/** What is typed where an example needs somebody at a terminal. */
const TYPED: readonly (readonly [example: RegExp, answers: TerminalOptions['answers']])[] = [
  [/^zhimaper sandbox --/, [['It runs until Ctrl-C.', '\u0003']]],
  [/^zhimaper authorizations erase [\da-f]/, [['to go on: ', 'erase\r']]],
  [
    /^zhimaper authorizations erase --person$/,
    [
      ['ID number: ', '330701199901011311\r'],
      ['to go on: ', 'erase\r'],
    ],
  ],
];

let stack: LocalStack;
let world: ExampleWorld;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhimaper-examples-'));
  ({ stack } = await startTestStack());
  world = await ExampleWorld.create(stack, folder);
});
afterEach(async () => {
  await fetch(new URL('/_sandbox/scenarios', stack.gateway), { method: 'DELETE' });
});
afterAll(async () => {
  await stack.stop();
  await rm(folder, { recursive: true });
});

describe('--help', () => {
  it('knows the commands', () => {
    expect(all).toEqual(expect.arrayContaining(['', 'sandbox scenario', ...working]));
    expect(working).toEqual(
      expect.arrayContaining(['gateway apply', 'authorizations get', 'sandbox', 'doctor']),
    );
    expect(working).not.toContain('authorizations');
  });

  it.each(all)('explains zhimaper %s', async (path) => {
    const run = await capture([...path.split(' ').filter(Boolean), '--help']);
    expect(run.stdout).toContain(`Usage: ${`zhimaper ${path}`.trim()} `);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    for (const line of run.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it.each(working)('names every member of the JSON of zhimaper %s', async (path) => {
    const words = path.split(' ');
    const { stdout } = await capture([...words, '--json', '--no-such-option']);
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(members[path]);
    const help = await capture([...words, '--help']);
    expect(help.stdout).toContain('With --json');
    for (const member of members[path] ?? []) expect(help.stdout).toContain(`"${member}"`);
  });

  it('has no shape of a command that is not there, and one of a dry run', async () => {
    const dryRun = 'gateway apply --dry-run';
    expect(Object.keys(members).sort()).toEqual([...working, dryRun].sort());
    const { stdout } = await capture([...dryRun.split(' '), '--json', '--input', '-'], {
      stdin: personJson(),
    });
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(members[dryRun]);
  });

  it('has the version of the shapes that the README tells', () => {
    expect(readFileSync(join(ROOT, 'apps/cli/README.md'), 'utf8')).toContain(
      `have version ${version} `,
    );
  });

  it.each(all)('has examples of zhimaper %s that work in a pipe', async (path) => {
    const [first = '', ...others] = await examplesOf(path);
    expect(first).not.toBe('');
    // The first of several is the terminal's.
    const isFirstLeft = others.length === 0 || !working.includes(path);
    const examples = isFirstLeft ? [first, ...others] : others;
    const cwd = join(folder, `pipe ${path}`);
    const env = await world.prepare(cwd, path);
    for (const example of examples) {
      const lines = await runExample(await world.fill(example), { cwd, env });
      const isJson = / --json$/.test(example);
      for (const line of isJson ? lines : []) {
        expect(Object.keys(JSON.parse(line) as object)).toEqual(members[path]);
      }
    }
  });

  it.each(working)('has an example of zhimaper %s that works on a terminal', async (path) => {
    const [example = ''] = await examplesOf(path);
    const cwd = join(folder, `terminal ${path}`);
    const env = await world.prepare(cwd, path);
    const filled = await world.fill(example);
    const run = await runOnTerminal(onTerminal(filled), {
      cwd,
      env,
      answers: answersFor(filled) ?? [],
    });
    expectEnd(filled, run.status, run.screen);
    const goesToFile = / > /.test(example);
    expect(goesToFile || run.screen.trim() !== '').toBe(true);
  });
});

describe('documentation', () => {
  it.each(documents())('has commands in %s that work', async (file) => {
    const cwd = join(folder, file.replaceAll('/', '-'));
    const env = keyless(await world.prepare(cwd, ''));
    for (const { command, shown } of commandsIn(file)) {
      const run = await runOnTerminal(await world.fill(command), { cwd, env, columns: 1000 });
      expectEnd(command, run.status, run.screen);
      for (const line of shown) expect(timeless(run.screen)).toContain(timeless(line));
    }
  });

  it('is executed where it stands', () => {
    expect(documents()).toEqual(expect.arrayContaining(['README.md', 'apps/cli/README.md']));
  });

  /** As the documentation shows it: nothing is configured. */
  function keyless(env: Record<string, string>): Record<string, string> {
    return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('ALIPAY_')));
  }

  function timeless(text: string): string {
    return text.replaceAll(/\d{4}-\d\d-\d\d( |%20|\+)\d\d(:|%3A)\d\d(:|%3A)\d\d/g, 'TIME');
  }
});

/** The READMEs and guides that show a call of zhimaper. */
function documents(): string[] {
  const guides = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return ['README.md', 'apps/cli/README.md', ...guides.map((name) => join('docs', name))]
    .filter((name) => name.endsWith('.md'))
    .filter((name) => CALL.test(readFileSync(join(ROOT, name), 'utf8')));
}

/** The calls in a document's blocks of shell, with the lines of the block behind them, up to where they are cut. */
function commandsIn(file: string): { command: string; shown: string[] }[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```\n(?:\n```\n(.*?)^```\n)?/gms)];
  return blocks.flatMap(([, script = '', shown = '']) =>
    script
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .filter((line) => CALL.test(line))
      .map((command) => ({
        command,
        shown: shown.split('\n').map((line) => line.split('…')[0] ?? ''),
      })),
  );
}

/** Runs an example to its end; answers the lines that it printed. */
async function runExample(example: string, options: ShellOptions): Promise<string[]> {
  const answers = answersFor(example);
  if (answers) {
    const { status, screen } = await runOnTerminal(onTerminal(example), { ...options, answers });
    expectEnd(example, status, screen);
    return screen.split('\n').filter((line) => line.startsWith('{'));
  }
  const { status, stdout, stderr } = await runInShell(example, options);
  expectEnd(example, status, stdout + stderr);
  return stdout.split('\n').slice(0, -1);
}

/** In the shell's place, which would end by Ctrl-C too. */
function onTerminal(example: string): string {
  return example.startsWith('zhimaper') ? `exec ${example}` : example;
}

function answersFor(example: string): TerminalOptions['answers'] {
  return TYPED.find(([known]) => known.test(example))?.[1];
}

function expectEnd(example: string, status: number | null, text: string): void {
  const [, other = 0, why = /^(?!.*\berror: )/s] =
    OTHER_STATUSES.find(([known]) => known.test(example)) ?? [];
  expect({ example, status, text }).toEqual({
    example,
    status: other,
    text: expect.stringMatching(why) as unknown,
  });
}
