import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What tells one process from another that later gets the same number. */
export interface ProcessFacts {
  command: string;
  startedAt: string;
}

/**
 * Looks a process up by its number; undefined when there is none, or only one that has ended and waits to be reaped.
 *
 * Linux answers from `/proc`, since small images have no `ps`; everything else through `ps`.
 */
export async function inspectProcess(pid: number): Promise<ProcessFacts | undefined> {
  if (process.platform !== 'linux') return inspectWithPs(pid);
  try {
    const [bootId, stat, cmdline] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    const { state, startTicks } = parseProcStat(stat);
    if (state === 'Z' || state === 'X') return undefined;
    return {
      command: cmdline.split('\0').join(' ').trim(),
      startedAt: `${bootId.trim()}/${startTicks}`,
    };
  } catch {
    return undefined;
  }
}

async function inspectWithPs(pid: number): Promise<ProcessFacts | undefined> {
  try {
    const { stdout } = await promisify(execFile)(
      'ps',
      ['-ww', '-o', 'state=,lstart=,command=', '-p', String(pid)],
      { env: { PATH: process.env['PATH'], LC_ALL: 'C' }, timeout: 5_000 },
    );
    return parsePsLine(stdout);
  } catch {
    return undefined;
  }
}

/** Reads state and start time of proc_pid_stat(5), whose second field may hold blanks and brackets. */
export function parseProcStat(text: string): { state: string; startTicks: string } {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .trim()
    .split(' ');
  return { state: fields[0] ?? '', startTicks: fields[19] ?? '' };
}

/** Reads one line of `ps -o state=,lstart=,command=`, whose start time has five words. */
export function parsePsLine(line: string): ProcessFacts | undefined {
  const match = /^\s*(\S+)\s+((?:\S+\s+){4}\S+)\s+(.*)$/.exec(line.trimEnd());
  const [, state, startedAt, command] = match ?? [];
  if (!state || !startedAt || command === undefined || state.startsWith('Z')) return undefined;
  return { command: command.trim(), startedAt: startedAt.replace(/\s+/g, ' ') };
}
