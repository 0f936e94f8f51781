import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
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

/** Waits for the end of a process; false when it still lives after `timeoutMs`. */
export async function hasEnded(pid: number, timeoutMs: number): Promise<boolean> {
  const ended = await waitUntil(async () => ((await inspectProcess(pid)) ? undefined : true), {
    timeoutMs,
    intervalMs: 20,
  });
  return ended ?? false;
}

async function listPids(): Promise<number[]> {
  const names =
    process.platform === 'linux'
      ? await readdir('/proc')
      : (await promisify(execFile)('ps', ['-A', '-o', 'pid='])).stdout.split('\n');
  return names.map(Number).filter((pid) => Number.isInteger(pid) && pid > 0);
}
