import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectProcess } from '../process/inspect-process.js';
import type { StopStep } from '../process/managed-child.js';
import { waitUntil } from '../process/wait-until.js';
import { isSystemError, StackError } from '../stack-error.js';

/** Fast shutdown, immediate shutdown (the next start recovers), and the end. */
export const POSTGRES_STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGINT', seconds: 1.8 },
  { signal: 'SIGQUIT', seconds: 0.5 },
  { signal: 'SIGKILL', seconds: 0.3 },
];

/** What a running server says of itself in `postmaster.pid`. */
export interface PostmasterFile {
  pid: number;
  ready: boolean;
}

/** Reads `postmaster.pid` of a cluster; undefined when there is none, or it is being written. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  try {
    return parsePostmasterFile(await readFile(join(cluster, 'postmaster.pid'), 'utf8'));
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Reads the lines that the server's documentation lists: the first is the process, the eighth its state. */
export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, ready: lines[7] === 'ready' } : undefined;
}

/** Whether this is the command line of a server on this cluster, as we start it. */
export function servesCluster(command: string, cluster: string): boolean {
  return `${command} `.includes(` -D ${cluster} `);
}

/**
 * Stops a server that an earlier start, killed by force, left on this cluster, and clears a file that would
 * keep a new one from starting because another process now has the number.
 *
 * The caller holds the lock of the data folder, so a live server there is nobody's.
 *
 * @returns whether there was one to stop
 * @throws StackError `DATABASE_FAILED` when it does not end
 */
export async function stopLeftoverServer(cluster: string, signal?: AbortSignal): Promise<boolean> {
  const file = await readPostmasterFile(cluster);
  const facts = file && (await inspectProcess(file.pid));
  // A file whose process is gone stays: the server knows from it how to see to its predecessor's memory.
  if (!file || !facts) return false;
  if (!servesCluster(facts.command, cluster)) {
    await rm(join(cluster, 'postmaster.pid'), { force: true });
    return false;
  }
  const hasEnded = async () =>
    (await inspectProcess(file.pid))?.startedAt === facts.startedAt ? undefined : true;
  for (const step of POSTGRES_STOP_STEPS) {
    send(file.pid, step.signal);
    const timeoutMs = step.seconds * 1000;
    if (await waitUntil(hasEnded, { timeoutMs, intervalMs: 20, signal })) return true;
  }
  throw new StackError('DATABASE_FAILED', `An earlier server, process ${file.pid}, does not end.`, {
    nextStep: `Look at that process, and start again once it has ended.`,
  });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isSystemError(error, 'ESRCH')) throw error;
  }
}
