import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { runCli, startCli } from './support/built-cli.js';

const BINARY = fileURLToPath(new URL('../bin/zhimaper.js', import.meta.url));

describe('zhimaper', () => {
  it.each([['--version'], ['-V']])('prints its version for %s', async (option) => {
    expect(await runCli([option])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' });
  });

  it('starts as fast as a tool that one types all day', async () => {
    const started: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      started.push(await timeOf([BINARY, '--version']));
      floor.push(await timeOf(['-e', '0']));
    }
    expect(Math.min(...started) / Math.min(...floor)).toBeLessThanOrEqual(2.5);
  });

  it.each([
    [[]],
    [['gateway']],
    [['gateway', 'apply']],
    [['gateway', 'call']],
    [['sign']],
    [['verify']],
    [['errors']],
  ])('explains %j with --help', async (command) => {
    const run = await runCli([...command, '--help']);
    expect(run.stdout).toContain(`Usage: ${['zhimaper', ...command].join(' ')} `);
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([[[]], [['gateway']]])('says that a command is missing after %j', async (args) => {
    const run = await runCli(args);
    expect(run.stderr).toMatch(/^error: A command is missing\.\n\nUsage: zhimaper /);
    expect(run).toMatchObject({ status: 2, stdout: '' });
  });

  it('prints a line of JSON for an unknown command too', async () => {
    const run = await runCli(['gatway', '--json']);
    expect(run.stdout).toBe('{"outcome":"invalid-usage"}\n');
    expect(run.stderr).toContain("error: unknown command 'gatway'");
    expect(run.status).toBe(2);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at %s with %i while it waits for stdin', async (signal, status) => {
    const args = ['sign', '--param', 'mobile=13588111111', '--input', '-', '--json'];
    const { child, ended } = startCli(args, { stdin: null });
    // Its warning shows that it runs; what follows is the wait for stdin.
    await once(child.stderr, 'data');
    child.kill(signal);
    const run = await ended;
    expect(run.stderr).toContain('error: Interrupted while reading stdin.');
    expect(run.status).toBe(status);
  });
});

async function timeOf(args: readonly string[]): Promise<number> {
  const start = performance.now();
  await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'close');
  return performance.now() - start;
}
