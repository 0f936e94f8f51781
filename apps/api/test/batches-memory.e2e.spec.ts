import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { certNoOf, EXAMPLE } from './support/applications.js';
import { jsonLines } from './support/batches.js';
import { startTestCluster, type TestCluster } from './support/test-cluster.js';

/** `BATCH_LINES=100000` makes the long run. */
const LINES = Number(process.env['BATCH_LINES'] ?? 5_000);
const MOST_RSS_MB = 250;
const LONG_MS = 600_000;

let cluster: TestCluster;
let key: string;

beforeAll(async () => {
  cluster = await startTestCluster({ apis: 1, workers: 0 });
  key = await cluster.issueKey(['batches:write', 'batches:read']);
}, LONG_MS);
afterAll(() => cluster.close());

/** The lines, some at a time and no sooner than they can be sent; every hundredth is not valid. */
function body(): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let line = 0;
  return new ReadableStream({
    pull(controller) {
      const some = Array.from({ length: Math.min(500, LINES - line) }, () => {
        line += 1;
        return { ...EXAMPLE, certNo: line % 100 === 0 ? '' : certNoOf('4', line) };
      });
      if (some.length === 0) controller.close();
      else controller.enqueue(encoder.encode(jsonLines(some)));
    },
  });
}

/** The most memory that the api ever had, in MB. */
async function peakRss(): Promise<number> {
  const status = await readFile(`/proc/${cluster.apis[0]!.child.pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

const ask = (path: string, options: RequestInit & { duplex?: 'half' } = {}) =>
  fetch(`${cluster.apis[0]!.url}/v1/batches${path}`, {
    ...options,
    headers: { authorization: `Bearer ${key}`, ...(options.headers as Record<string, string>) },
  });

it(
  'an upload, the same again, and the stream of its items take no memory by the line',
  async () => {
    const upload = async () => {
      const response = await ask('', {
        method: 'POST',
        headers: { 'content-type': 'application/jsonl', 'idempotency-key': 'k' },
        body: body(),
        duplex: 'half',
      });
      return [response.status, (await response.json()) as { id: string }] as const;
    };
    const begun = performance.now();
    const [status, batch] = await upload();
    const seconds = (performance.now() - begun) / 1_000;
    expect([status, batch]).toMatchObject([
      201,
      { lineCount: LINES, counts: { waiting: LINES - LINES / 100, invalid: LINES / 100 } },
    ]);
    expect(await upload()).toEqual([201, batch]);
    for (const accept of ['application/jsonl', 'text/csv']) {
      const items = await ask(`/${batch.id}/items`, { headers: { accept } });
      let lines = accept === 'text/csv' ? -1 : 0;
      for await (const chunk of items.body!) {
        lines += (chunk as Uint8Array).filter((byte) => byte === 0x0a).length;
      }
      expect(lines).toBe(LINES);
    }
    const rss = await peakRss();
    process.stderr.write(
      `${LINES} lines: ${Math.round(LINES / seconds)} a second, at most ${Math.round(rss)} MB\n`,
    );
    expect(rss).toBeLessThan(MOST_RSS_MB);
  },
  LONG_MS,
);

it('an upload gets to know that the process stops, and the process ends in time', async () => {
  const [api] = cluster.apis;
  const silent = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(jsonLines([EXAMPLE])));
    },
  });
  const answer = ask('', {
    method: 'POST',
    headers: { 'content-type': 'application/jsonl', 'idempotency-key': 's' },
    body: silent,
    duplex: 'half',
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  api!.child.kill('SIGTERM');
  const { status, headers } = await answer;
  expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  expect(await api!.exit).toBe(0);
  expect(api!.output.stdout).not.toContain('stopped before everything was finished');
});
