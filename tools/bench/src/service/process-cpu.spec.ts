import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { cpuOf, cpuOfFamily, spentBy } from './process-cpu.js';

const NO_PROCESS = 2 ** 22 + 1;

describe('the CPU of a process', () => {
  it('grows by what the process does meanwhile', async () => {
    const { cpu, wall } = await spentBy(process.pid, () => {
      const end = performance.now() + 50;
      while (performance.now() < end);
      return Promise.resolve();
    });
    expect(cpu).toBeGreaterThan(0);
    expect(wall).toBeGreaterThanOrEqual(50_000);
  });

  it('takes in the children where it is that of a family', async () => {
    const child = spawn(process.execPath, ['-e', 'process.send("up"); setInterval(() => 0, 1e6)'], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    const alone = cpuOf(process.pid) ?? NaN;
    const ofChild = cpuOf(child.pid ?? NaN) ?? NaN;
    expect(ofChild).toBeGreaterThan(1_000);
    expect(cpuOfFamily(process.pid)).toBeGreaterThanOrEqual(alone + ofChild);
    child.kill();
    await once(child, 'exit');
  });

  it('is null where there is no such process', () => {
    expect(cpuOf(NO_PROCESS)).toBeNull();
    expect(cpuOfFamily(NO_PROCESS)).toBeNull();
  });
});
