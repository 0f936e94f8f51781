import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { LocalStack } from '@zhimaper/local-stack';
import { runCli, startCli, type RunOptions } from './support/built-cli.js';
import { capture } from './support/capture.js';
import { personalDataIn } from './support/gateway.js';
import { useFolder } from './support/folder.js';
import { installProgram } from './support/programs.js';
import { csvOf } from './support/rows.js';
import { runInShell } from './support/shell.js';
import { startTestStack } from './support/stack.js';
import { runInTerminal, runOnTerminal } from './support/terminal.js';

jest.setTimeout(300_000);

/** How often `batch submit` is killed, and of how many lines; BATCH_KILLS=20 is the long run. */
const KILLS = Number(process.env['BATCH_KILLS'] ?? 3);
const KILLED_LINES = KILLS > 3 ? 2000 : 300;

const REJECTED = '13800000005';
const UNKNOWN = '13800000006';
const SLOW = '13588119999';

const at = useFolder();
let stack: LocalStack;
let env: Record<string, string>;

beforeAll(async () => {
  ({ stack, env } = await startTestStack());
});
afterAll(() => stack.stop());

function cli(args: readonly string[], options: RunOptions = {}) {
  return runCli(['batch', ...args], { env, ...options });
}

/** The same within this process, where the built binary was seen already. */
function quick(args: readonly string[], options: { stdin?: string } = {}) {
  return capture(['batch', ...args], { env, now: new Date(), ...options });
}

interface Line {
  outcome: string;
  id: string;
  status: string;
  counts: Record<string, number>;
  check: unknown;
}

function lineOf({ stdout }: { stdout: string }): Line {
  return JSON.parse(stdout) as Line;
}

let people = 0;

/** A file of CSV about people whom no other test knows. */
async function fileOf(count: number, mobile?: (place: number) => string): Promise<string> {
  const from = people;
  people += count;
  const path = at(`people-${from}.csv`);
  const text = csvOf(count, {
    from,
    ...(mobile ? { mobile: (number: number) => mobile(number - from) } : {}),
  });
  await writeFile(path, text);
  return path;
}

/** Submits as many people whose gateway takes its time; answers the batch's id. */
async function slowBatch(count: number, delayMs: number): Promise<string> {
  stack.sandbox.addScenario({ match: { mobile: SLOW }, then: { delayMs } });
  const run = await quick(['submit', await fileOf(count, () => SLOW), '--detach', '--json']);
  expect(run.status).toBe(0);
  return lineOf(run).id;
}

function calls(): number {
  return stack.sandbox.ledger().requests.length;
}

describe('zhimaper batch submit', () => {
  it('applies for everybody once, follows, and ends as the worst line did', async () => {
    const before = calls();
    const mobiles = ['13588111111', REJECTED, UNKNOWN, '13588111114'];
    const file = await fileOf(4, (place) => mobiles[place] ?? '');
    const first = await cli(['submit', file, '--json']);
    expect(lineOf(first)).toEqual({
      ...{ outcome: 'unknown-outcome', idempotencyKey: expect.stringMatching(/^cli-[\w-]{43}$/) },
      ...{ replayed: false, id: expect.stringMatching(/^[\da-f-]{36}$/), status: 'completed' },
      check: {
        ...{ lines: 4, invalid: 0, issues: [] },
        warnings: [{ field: 'certNo', code: 'CERT_NO_CHECK_DIGIT', lines: expect.any(Number) }],
      },
      ...{ pauseReason: null, lineCount: 4, retryAt: null, createdAt: expect.any(String) },
      counts: {
        ...{ waiting: 0, authorized: 2, rejected: 1, failed: 0, unknown: 1, abandoned: 0 },
        ...{ erased: 0, refused: 0, invalid: 0, cancelled: 0 },
      },
      ...{ updatedAt: expect.any(String), receivedAt: expect.any(String) },
      ...{ endedAt: expect.any(String), error: null },
    });
    expect(first.status).toBe(3);
    expect(first.stderr).toContain(`See why: zhimaper batch results ${lineOf(first).id} --status`);
    expect(personalDataIn(first.stdout + first.stderr)).toBeNull();

    const second = await quick(['submit', file, '--json']);
    expect(lineOf(second)).toEqual({ ...lineOf(first), replayed: true });
    expect(second.stderr).toContain('was submitted before; nothing was sent twice.');
    expect(calls() - before).toBe(4);
  });

  it('reads what a Chinese spreadsheet writes, and draws its progress on a terminal', async () => {
    const [, ...rows] = (await readFile(await fileOf(20), 'utf8')).trimEnd().split('\n');
    const heading = '证件号码,姓名,手机号,授权编号,授权文本版本,授权时间,业务编号';
    const text = [
      heading,
      ...rows.map((row) => row.replace('2026-11-24T08:00:00Z', '2026/11/24 8:00')),
    ];
    await writeFile(at('utf8.csv'), `\uFEFF${text.join('\r\n')}\r\n`);
    const { stdout: gbk } = await promisify(execFile)(
      'iconv',
      ['-f', 'utf-8', '-t', 'gbk', at('utf8.csv'), '-c'],
      {
        encoding: 'buffer',
      },
    );
    await writeFile(at('gbk.csv'), gbk);
    const { status, screen } = await runInTerminal(['batch', 'submit', at('gbk.csv'), '--utc'], {
      env,
    });
    expect(screen).toMatch(/\[#* *-*\] +\d+ %, \d+ of 20/);
    expect(screen).toMatch(
      /\nstatus {7}completed\nlines {8}20\nwaiting {6}0\nended {8}20 authorized\n/,
    );
    expect(status).toBe(0);

    const marked = await quick(['submit', at('utf8.csv'), '--utc', '--json']);
    expect(lineOf(marked)).toMatchObject({ replayed: true, lineCount: 20 });
    const broken = await quick(['submit', at('gbk.csv'), '--encoding', 'utf-8', '--dry-run']);
    expect(broken.status).toBe(2);
  });

  it('tells every bad line and sends nothing, unless they may be left out', async () => {
    const before = calls();
    const [heading, good, other] = (await readFile(await fileOf(2), 'utf8')).split('\n');
    const bad = '330701199901019999,,1358811111111111111,c-1,2026-01,soon,of 330701199901019999';
    await writeFile(at('mixed.csv'), [heading, good, bad, 'too,few', '', other].join('\n'));
    const run = await cli(['submit', at('mixed.csv'), '--json']);
    expect(run.stderr).toContain(
      'line 3 (item 2): name NAME_IS_NULL, mobile MOBILE_TOO_LONG, consent.grantedAt INVALID\n' +
        'line 4 (item 3): line COLUMN_COUNT\n',
    );
    expect(run.stderr).toContain('error: 2 of 4 lines are not valid.\n  name NAME_IS_NULL: 1\n');
    expect(run.stdout + run.stderr).not.toMatch(/330701199901019999|13588111111/);
    expect(lineOf(run)).toMatchObject({
      outcome: 'invalid-input',
      id: null,
      check: { lines: 4, invalid: 2 },
      error: { subCode: 'NAME_IS_NULL' },
    });
    expect([run.status, calls() - before]).toEqual([2, 0]);

    const dry = await quick(['submit', at('mixed.csv'), '--dry-run', '--skip-invalid', '--json']);
    expect(lineOf(dry)).toMatchObject({ outcome: 'success', id: null, check: { invalid: 2 } });
    expect([dry.status, calls() - before]).toEqual([0, 0]);

    const left = await quick(['submit', at('mixed.csv'), '--skip-invalid', '--json']);
    expect(lineOf(left)).toMatchObject({ outcome: 'invalid-input', lineCount: 4 });
    expect([left.status, calls() - before]).toEqual([2, 2]);
    const items = await quick(['results', lineOf(left).id, '--format', 'jsonl']);
    const found = items.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(found).toMatchObject([
      { number: 1, status: 'authorized' },
      { number: 2, status: 'invalid', issues: [{ field: 'line', code: 'INVALID_TYPE' }] },
      { number: 3, status: 'invalid' },
      { number: 4, status: 'authorized' },
    ]);
  });

  it('checks a stream on its way, and goes on with it under the same key', async () => {
    const stdin = await readFile(await fileOf(3), 'utf8');
    const args = ['submit', '-', '--format', 'csv', '--json'];
    const keyless = await quick(args, { stdin });
    expect(keyless.status).toBe(2);
    expect(keyless.stderr).toContain('--idempotency-key');
    expect((await quick(['submit', '-', '--idempotency-key', 'k'], { stdin })).status).toBe(2);

    const keyed = [...args, '--idempotency-key', 'stream-1'];
    const refused = await quick(keyed, { stdin: `${stdin}1,2\n` });
    expect(refused.stderr).toContain('line 5 (item 4): line COLUMN_COUNT\n');
    expect(lineOf(refused)).toMatchObject({ id: null, check: { lines: 4, invalid: 1 } });
    expect(refused.status).toBe(2);
    const run = await cli(keyed, { stdin });
    expect(lineOf(run)).toMatchObject({ outcome: 'success', lineCount: 3, replayed: false });
    expect(run.status).toBe(0);
    const other = await quick(keyed, { stdin: stdin.replace('row-', 'other-') });
    expect(lineOf(other)).toMatchObject({ error: { code: 'idempotency-key-reused' } });
  });

  it('lets go of a batch at Ctrl-C, and says how to come back', async () => {
    stack.sandbox.addScenario({ match: { mobile: SLOW }, then: { delayMs: 2000 } });
    const file = await fileOf(3, () => SLOW);
    const words = `zhimaper batch submit ${file} --json > result.json`;
    const PATH = await installProgram(at());
    const { status, screen } = await runOnTerminal(`exec ${words}`, {
      env: { ...env, PATH },
      cwd: at(),
      answers: [['%, 0 of 3', '\u0003']],
    });
    const line = JSON.parse(await readFile(at('result.json'), 'utf8')) as Line;
    expect(line).toMatchObject({ outcome: 'interrupted', status: 'running', lineCount: 3 });
    expect(screen).toContain(
      `error: Detached; the batch goes on.\nnext:  Come back with: zhimaper batch status ${line.id} --follow\n`,
    );
    expect(status).toBe(130);
    const back = await cli(['status', line.id, '--follow', '--json']);
    expect(lineOf(back)).toMatchObject({ outcome: 'success', counts: { authorized: 3 } });
    expect(back.status).toBe(0);
  });

  it(`killed ${KILLS} times and started again it has applied for everybody once`, async () => {
    const before = calls();
    const file = await fileOf(KILLED_LINES);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { child, ended } = startCli(['batch', 'submit', file], { env, stdin: null });
      // From before it has read the file until it follows.
      setTimeout(() => child.kill('SIGKILL'), 200 + Math.random() * 1800);
      await ended;
    }
    const run = await cli(['submit', file, '--json']);
    expect(lineOf(run)).toMatchObject({
      status: 'completed',
      counts: { authorized: KILLED_LINES },
    });
    expect([run.status, calls() - before]).toEqual([0, KILLED_LINES]);
  });
});

describe('a batch that goes on', () => {
  it('is paused, resumed and cancelled', async () => {
    const id = await slowBatch(60, 1000);
    const paused = await cli(['pause', id, '--json']);
    expect(lineOf(paused)).toMatchObject({ outcome: 'success', status: 'paused' });
    const followed = await quick(['status', id, '--follow', '--json']);
    expect(lineOf(followed)).toMatchObject({ outcome: 'limited', pauseReason: 'requested' });
    expect(followed.stderr).toContain(`next:  Go on: zhimaper batch resume ${id}\n`);
    expect(followed.status).toBe(75);

    const resumed = await cli(['resume', id]);
    expect(resumed.stdout).toContain(`id\t${id}\nstatus\trunning\nlines\t60\n`);
    const listed = await cli(['list', '--status', 'running', '--utc']);
    expect(listed.stdout).toMatch(new RegExp(`^${id}\trunning\t60\t\\d+\t`, 'm'));
    const cancelled = await cli(['cancel', id, '--json']);
    expect(lineOf(cancelled)).toMatchObject({ status: 'cancelled' });
    expect((await quick(['cancel', id])).status).toBe(0);

    const ended = await runInTerminal(['batch', 'status', id, '--follow'], { env });
    expect(ended.screen).toContain('error: The batch is cancelled.\n');
    expect(ended.status).toBe(5);
    const again = await quick(['pause', id, '--json']);
    expect(lineOf(again)).toMatchObject({ error: { code: 'batch-ended' } });
    expect(again.status).toBe(5);
  });

  it('is not found by another id, and completes its own', async () => {
    const missing = await quick(['status', '019302b7-0000-7000-8000-000000000001', '--json']);
    expect(lineOf(missing)).toMatchObject({ id: null, error: { code: 'not-found' } });
    expect(missing.status).toBe(5);
    const listed = await quick(['list', '--limit', '1', '--json']);
    const { id, status } = lineOf(listed);
    const completed = await runCli(['__complete', '--', 'batch', 'results', id.slice(0, -1)], {
      env,
    });
    expect(completed.stdout).toBe(`${id}\t${status}\n`);
  });
});

describe('zhimaper batch results', () => {
  let id: string;

  beforeAll(async () => {
    const [heading, first, second] = csvOf(2, { from: 90_000 }).split('\n');
    const stdin = [heading, first?.replace('row-', '=row-'), second].join('\n');
    const args = ['submit', '-', '--format', 'csv', '--idempotency-key', 'results-1', '--json'];
    id = lineOf(await quick(args, { stdin })).id;
  });

  it('is a table on a terminal, tabs in a pipe, a line of JSON each', async () => {
    const { screen } = await runInTerminal(['batch', 'results', id], { env, columns: 160 });
    expect(screen).toMatch(
      /^NUMBER {2}STATUS {6}REFERENCE {3}AUTHORISATION {25}ENDED {22} *WHY\n1 {7}auth/,
    );
    const piped = await cli(['results', id, '--limit', '1']);
    expect(piped.stdout).toMatch(/^1\tauthorized\t=row-90000\t[\da-f-]{36}\t[^\t]+\t-\n$/);
    const cursor = /--cursor (\S+)\n$/.exec(piped.stderr)?.[1] ?? '';
    const next = await quick(['results', id, '--cursor', cursor, '--json']);
    expect(JSON.parse(next.stdout)).toMatchObject({
      number: 2,
      reference: 'row-90001',
      error: null,
    });
    const none = await quick(['results', id, '--status', 'rejected']);
    expect(none).toEqual({ status: 0, stdout: '', stderr: 'No line matches.\n' });
    const empty = await quick(['results', id, '--status', 'rejected', '--format', 'jsonl']);
    expect(empty).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('writes CSV that a spreadsheet may open, whole or not at all', async () => {
    const path = at('results.csv');
    const run = await cli(['results', id, '--output', path, '--bom']);
    expect(run).toEqual({ status: 0, stdout: '', stderr: `Written to ${path}.\n` });
    const text = await readFile(path, 'utf8');
    expect(text.slice(0, 25)).toBe('\uFEFFnumber,status,reference,');
    expect(text).toContain("\n1,authorized,'=row-90000,");

    const again = await quick(['results', id, '--output', path]);
    expect(again.stderr).toContain('is there already; it was not touched.');
    expect(again.status).toBe(2);
    expect((await quick(['results', id, '--output', path, '--force'])).status).toBe(0);
    expect((await readFile(path, 'utf8')).slice(0, 6)).toBe('number');
    const missing = ['results', '019302b7-0000-7000-8000-000000000001', '--output', at('none.csv')];
    expect((await quick(missing)).status).toBe(5);
    expect(await readdir(at())).toEqual(['results.csv']);
  });

  it.each([
    ['| head -1', 0, 'number,status', ''],
    ['> /dev/full', 74, '', 'error: The result could not be written to stdout (ENOSPC).\n'],
  ])('keeps its manners with %s', async (where, status, stdout, stderr) => {
    const PATH = await installProgram(at());
    const line = `zhimaper batch results ${id} --format csv ${where}`;
    const run = await runInShell(line, { cwd: at(), env: { ...env, PATH, HOME: at() } });
    expect(run.stdout.slice(0, 13)).toBe(stdout);
    expect(run).toMatchObject({ status, stderr });
  });

  it.each([
    [['--bom']],
    [['--format', 'csv', '--json']],
    [['--format', 'csv', '--all']],
    [['--format', 'jsonl', '--bom']],
  ])('refuses what contradicts itself: %j', async (args) => {
    expect((await quick(['results', id, ...args])).status).toBe(2);
  });
});
