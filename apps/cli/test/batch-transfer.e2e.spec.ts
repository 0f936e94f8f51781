import { once } from 'node:events';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runCli, startCli } from './support/built-cli.js';
import { FakeBatchApi } from './support/fake-batch-api.js';
import { useFolder } from './support/folder.js';
import { maxRssIn, TELLS_MAX_RSS } from './support/max-rss.js';
import { csvOf, writeCsv } from './support/rows.js';

jest.setTimeout(300_000);

/** CI looks at the shape of memory alone; BATCH_LINES=100000 is the budget's own size. */
const LINES = Number(process.env['BATCH_LINES'] ?? 5000);
const MOST_MB = 150;

const at = useFolder();
let api: FakeBatchApi;

beforeAll(async () => {
  api = await FakeBatchApi.start();
});
beforeEach(() => {
  api.uploads.length = 0;
  api.troubles.length = 0;
  api.states = [{}];
});
afterAll(() => api.stop());

function submit(file: string, ...args: string[]) {
  return runCli(['batch', 'submit', file, ...args], { env: api.env });
}

async function smallFile(): Promise<string> {
  await writeFile(at('people.csv'), csvOf(3));
  return at('people.csv');
}

describe('memory', () => {
  it('stays flat while a file is checked, sent and followed', async () => {
    await writeCsv(at('people.csv'), LINES);
    const env = { ...api.env, NODE_OPTIONS: TELLS_MAX_RSS };
    const run = await runCli(['batch', 'submit', at('people.csv'), '--json'], { env });
    expect(run.status).toBe(0);
    expect(api.uploads).toEqual([
      { key: expect.stringMatching(/^cli-[\w-]{43}$/), lines: LINES, complete: true },
    ]);
    expect(JSON.parse(run.stdout)).toMatchObject({ check: { lines: LINES, invalid: 0 } });
    expect(maxRssIn(run.stderr)).toBeLessThanOrEqual(MOST_MB);
  });

  it.each([[['--output', 'results.jsonl']], [['--format', 'jsonl']]])(
    'stays flat while results come: %j',
    async (args) => {
      const item = { number: 1, status: 'authorized', reference: 'crm-4711', issues: [] };
      api.items = { [Symbol.iterator]: () => Array(LINES).fill(item).values() };
      const words = args.map((word) => (word.startsWith('results') ? at(word) : word));
      const env = { ...api.env, NODE_OPTIONS: TELLS_MAX_RSS };
      const run = await runCli(['batch', 'results', 'ID', ...words], { env });
      expect(run.status).toBe(0);
      const written = args[0] === '--output' ? await readFile(at('results.jsonl'), 'utf8') : null;
      expect((written ?? run.stdout).split('\n')).toHaveLength(LINES + 1);
      expect(maxRssIn(run.stderr)).toBeLessThanOrEqual(MOST_MB);
    },
  );
});

describe('a connection that breaks', () => {
  it('is made again with the same key, from the first line on', async () => {
    api.troubles.push(
      (request) => request.once('data', () => request.destroy()),
      (_request, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'),
    );
    const run = await submit(await smallFile());
    expect(run.stderr).toMatch(/or the connection broke\. Trying again in 1 s\.\n/);
    expect(run.stderr).toMatch(/gave an answer with status 502\. Trying again in 2 s\.\n/);
    expect(run.status).toBe(0);
    expect(api.uploads).toMatchObject([{ lines: 3, complete: true }]);
  });

  it('is given up where nobody listens', async () => {
    const env = { ...api.env, ZHIMAPER_API_URL: 'http://127.0.0.1:1009' };
    const run = await runCli(['batch', 'submit', await smallFile(), '--json'], { env });
    expect(run.stderr).toContain(
      'next:  Run the same command again: it goes on where this one ended, and applies for nobody twice.\n',
    );
    expect(JSON.parse(run.stdout)).toMatchObject({
      outcome: 'not-sent',
      id: null,
      error: { code: 'API_UNREACHABLE' },
    });
    expect(run.status).toBe(69);
  });

  it('is not made again for what can be read only once', async () => {
    api.troubles.push((request) => request.once('data', () => request.destroy()));
    const args = ['batch', 'submit', '-', '--format', 'csv', '--idempotency-key', 'k-1'];
    const run = await runCli(args, { env: api.env, stdin: csvOf(3) });
    expect(run.stderr).not.toContain('Trying again');
    // Three lines have left at once, and may have arrived.
    expect(run.status).toBe(3);
    expect(api.uploads).toEqual([]);
  });

  it('is none where the api refuses the upload before it has all of it', async () => {
    await writeCsv(at('many.csv'), 5000);
    const problem = {
      ...{ type: 'x', title: 'Reused', status: 422, detail: 'Other lines.', traceId: 't' },
      code: 'idempotency-key-reused',
    };
    api.troubles.push((_request, response) => {
      const headers = { 'content-type': 'application/problem+json' };
      response.writeHead(422, headers).end(JSON.stringify(problem));
    });
    const run = await submit(at('many.csv'), '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'idempotency-key-reused' } });
    expect(run.status).toBe(2);
  });
});

describe('a batch that is followed', () => {
  it.each([
    [{ status: 'completed', counts: { failed: 1, authorized: 1 } }, 78, 'See why: '],
    [
      { status: 'paused', pauseReason: 'gateway-refused', counts: { waiting: 2 } },
      ...([78, 'error: Alipay refuses every line, so the batch paused itself.'] as const),
    ],
  ])('that ends as %j exits with %d', async (state, status, said) => {
    const gateway = { code: '40006', subCode: null, class: 'permission', traceId: null };
    api.items = [{ number: 1, status: 'failed', gateway }];
    api.states = [{ status: 'receiving' }, { status: 'running' }, { lineCount: 2, ...state }];
    const run = await runCli(['batch', 'status', 'ID', '--follow'], { env: api.env });
    expect(run.stderr).toContain(said);
    expect(run.status).toBe(status);
  });

  it('waits for an api that is away for a moment', async () => {
    api.states = [{ status: 'running' }, { away: true }, {}];
    const run = await runCli(['batch', 'status', 'ID', '--follow', '--json'], { env: api.env });
    expect(JSON.parse(run.stdout)).toMatchObject({ outcome: 'success', status: 'completed' });
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('an interruption', () => {
  it('while lines are sent leaves a batch that has not begun', async () => {
    await writeCsv(at('many.csv'), 20_000);
    const arrived = new Promise<void>((resolve) => {
      // It reads nothing, so that the rest stays where it is.
      api.troubles.push(() => resolve());
    });
    const { child, ended } = startCli(['batch', 'submit', at('many.csv'), '--json'], {
      env: api.env,
      stdin: null,
    });
    await arrived;
    child.kill('SIGINT');
    const run = await ended;
    expect(run.stderr).toContain(
      'error: Interrupted; nobody was applied for.\nnext:  Run the same',
    );
    expect(JSON.parse(run.stdout)).toMatchObject({ outcome: 'interrupted', id: null });
    expect(run.status).toBe(130);
  });

  it('while stdin is silent ends at once', async () => {
    const args = ['batch', 'submit', '-', '--format', 'csv', '--encoding', 'utf-8', '--dry-run'];
    const { child, ended } = startCli(args, { env: api.env, stdin: null });
    const reported = once(child.stderr, 'data');
    child.stdin.write(`${csvOf(3)}1,2\n3307`);
    await reported;
    child.kill('SIGTERM');
    const run = await ended;
    expect(run.stderr).toContain('error: Interrupted while reading stdin.');
    expect(run.status).toBe(143);
  });

  it('while results come leaves nothing behind', async () => {
    api.items = { [Symbol.iterator]: () => endless() };
    const args = ['batch', 'results', 'ID', '--output', at('results.jsonl')];
    const { child, ended } = startCli(args, { env: api.env, stdin: null });
    while ((await readdir(at())).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    expect((await ended).status).toBe(130);
    expect(await readdir(at())).toEqual([]);
  });

  function* endless(): Generator<object, undefined> {
    for (;;) yield { number: 1 };
  }
});
