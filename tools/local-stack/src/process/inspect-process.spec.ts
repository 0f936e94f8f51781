import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { inspectProcess, parseProcStat, parsePsLine } from './inspect-process.js';

describe('parseProcStat', () => {
  it('finds state and start time behind a command name with brackets and blanks', () => {
    const fields = Array.from({ length: 48 }, (_, index) => String(index + 5)).join(' ');
    expect(parseProcStat(`4711 (a) b (c) S 1 ${fields}\n`)).toEqual({
      state: 'S',
      startTicks: '22',
    });
  });
});

describe('parsePsLine', () => {
  it('reads start time and command', () => {
    expect(parsePsLine('S    Tue Nov  4 08:01:02 2025 /opt/pg/postgres -D /data\n')).toEqual({
      command: '/opt/pg/postgres -D /data',
      startedAt: 'Tue Nov 4 08:01:02 2025',
    });
  });

  it('takes a process that waits to be reaped for gone', () => {
    expect(parsePsLine('Z+   Tue Nov  4 08:01:02 2025 (node)\n')).toBeUndefined();
  });
});

describe('inspectProcess', () => {
  it('finds a live process, and nothing once it has ended', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const facts = await inspectProcess(child.pid!);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(facts?.command).toBe('sleep 60');
    expect(await inspectProcess(child.pid!)).toBeUndefined();
  });
});
