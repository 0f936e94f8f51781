import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BINARY = fileURLToPath(new URL('../../bin/zhimaper.js', import.meta.url));

export interface EndedRun {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface StartedRun {
  child: ChildProcessWithoutNullStreams;
  ended: Promise<EndedRun>;
}

export interface RunOptions {
  /** The whole environment but for PATH and a home without profiles: nothing of the tests' own comes through. */
  env?: Record<string, string>;
  /** What stands on stdin, which ends then; null leaves it open. */
  stdin?: string | Uint8Array | null;
}

/** Starts the built binary as a user would. */
export function startCli(
  args: readonly string[],
  { env = {}, stdin = '' }: RunOptions = {},
): StartedRun {
  const child = spawn(process.execPath, [BINARY, ...args], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    stdio: 'pipe',
  });
  child.stdin.on('error', () => undefined);
  if (stdin !== null) child.stdin.end(stdin);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<EndedRun>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      resolve({ status, ...output });
    });
  });
  return { child, ended };
}

export function runCli(args: readonly string[], options?: RunOptions): Promise<EndedRun> {
  return startCli(args, options).ended;
}
