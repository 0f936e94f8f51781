import { readFileSync } from 'node:fs';

const KILOBYTES_A_MEGABYTE = 1_024;

/** The most that a process was ever resident with, in MB. */
export function peakMemoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kilobytes) / KILOBYTES_A_MEGABYTE;
}
