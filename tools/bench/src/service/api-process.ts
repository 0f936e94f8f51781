import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { WORKSPACE_ROOT } from '../workspace.js';

const READY_DEADLINE_MS = 60_000;
const POLL_MS = 5;

export interface ApiProcess {
  pid: number;
  url: string;
  /** From the start of the process to its first answer that it is ready. */
  readyAfterMs: number;
  stop: () => Promise<void>;
}

/** Starts an api on a migrated database and waits until it is ready. Its log is read and thrown away. */
export async function startApi(environment: NodeJS.ProcessEnv): Promise<ApiProcess> {
  const start = performance.now();
  const child = spawn(process.execPath, [join(WORKSPACE_ROOT, 'apps/api/bin/api.js')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  try {
    const url = await Promise.race([listeningUrl(lines), exited.then(endedEarly)]);
    lines.close();
    child.stdout.resume();
    await waitUntilReady(url);
    const readyAfterMs = performance.now() - start;
    return { pid: child.pid ?? NaN, url, readyAfterMs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Has the api make a key for a client of the benchmarks. */
export async function makeApiKey(url: string, adminKey: string): Promise<string> {
  const answer = await request(`${url}/v1/api-keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'bench',
      clientName: 'bench',
      scopes: ['authorizations:write', 'authorizations:read', 'batches:write', 'batches:read'],
    }),
  });
  const body: unknown = await answer.body.json();
  const key = typeof body === 'object' && body !== null && 'key' in body ? body.key : undefined;
  if (typeof key === 'string') return key;
  throw new Error(`The api made no key, but answered ${answer.statusCode}.`);
}

async function listeningUrl(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const entry: unknown = JSON.parse(line);
    if (typeof entry === 'object' && entry !== null && 'url' in entry) return String(entry.url);
  }
  return endedEarly();
}

function endedEarly(): never {
  throw new Error('The api ended before it was ready.');
}

async function waitUntilReady(url: string): Promise<void> {
  const deadline = performance.now() + READY_DEADLINE_MS;
  for (;;) {
    const answer = await request(`${url}/health/ready`);
    await answer.body.dump();
    if (answer.statusCode === 200) return;
    if (performance.now() > deadline) throw new Error('The api was not ready in time.');
    await pause(POLL_MS);
  }
}
