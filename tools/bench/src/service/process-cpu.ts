import { readdirSync, readFileSync } from 'node:fs';
import type { Spent } from '../measure/spent.js';

/**
 * The CPU of another process, in microseconds: the sum of its threads' own, which Linux counts to the nanosecond (that
 * of the process only in steps of 10 ms). Null where the system does not tell.
 */
export function cpuOf(pid: number): number | null {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.reduce((sum, thread) => sum + cpuOfThread(pid, thread), 0);
  } catch {
    return null;
  }
}

/** The same of a process and its children, such as a Postgres server and its backends. */
export function cpuOfFamily(pid: number): number | null {
  const own = cpuOf(pid);
  if (own === null) return null;
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = processes.map(Number).filter((child) => parentOf(child) === pid);
  return children.reduce((sum, child) => sum + (cpuOf(child) ?? 0), own);
}

/** Does some work that another process does the most of, and says what that one took. */
export async function spentBy(pid: number, work: () => Promise<void>): Promise<Spent> {
  const before = cpuOf(pid);
  const start = performance.now();
  await work();
  const wall = (performance.now() - start) * 1_000;
  const after = cpuOf(pid);
  return { cpu: before === null || after === null ? null : after - before, wall };
}

/** A thread that ended meanwhile counts nothing. */
function cpuOfThread(pid: number, thread: string): number {
  try {
    const [running] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
    return Number(running) / 1_000;
  } catch {
    return 0;
  }
}

/** A process's name stands in parentheses and may hold anything: only what stands behind it is read. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
