import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inspectProcess } from '../../src/process/inspect-process.js';
import { waitUntil } from '../../src/process/wait-until.js';

/** The live processes whose command line holds `needle`, our own apart. */
export async function findProcesses(needle: string): Promise<string[]> {
  const found = [];
  for (const pid of await listPids()) {
    const facts = pid === process.pid ? undefined : await inspectProcess(pid);
    if (facts?.command.includes(needle)) found.push(`${pid} ${facts.command}`);
  }
  return found;
}

/** The live descendants of a process whose command line holds `needle`. */
export async function findDescendants(ancestor: number, needle: string): Promise<number[]> {
  const pids = (await findProcesses(needle)).map((line) => parseInt(line, 10));
  const found = await Promise.all(pids.map((pid) => descendsFrom(pid, ancestor)));
  return pids.filter((_, index) => found[index]);
}

/** Waits for the end of a process; false when it still lives after `timeoutMs`. */
export async function hasEnded(pid: number, timeoutMs: number): Promise<boolean> {
  const ended = await waitUntil(async () => ((await inspectProcess(pid)) ? undefined : true), {
    timeoutMs,
    intervalMs: 20,
  });
  return ended ?? false;
}

async function descendsFrom(pid: number, ancestor: number): Promise<boolean> {
  const parent = await parentOf(pid);
  return parent === ancestor || (parent > 1 && descendsFrom(parent, ancestor));
}

async function parentOf(pid: number): Promise<number> {
  if (process.platform !== 'linux') {
    return Number((await promisify(execFile)('ps', ['-o', 'ppid=', '-p', String(pid)])).stdout);
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

async function listPids(): Promise<number[]> {
  const names =
    process.platform === 'linux'
      ? await readdir('/proc')
      : (await promisify(execFile)('ps', ['-A', '-o', 'pid='])).stdout.split('\n');
  return names.map(Number).filter((pid) => Number.isInteger(pid) && pid > 0);
}
