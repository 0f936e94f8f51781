import { spawn } from 'node:child_process';
import type { EndedRun } from './built-cli.js';

export interface ShellOptions {
  /** The whole environment; its PATH must lead to zhimaper. */
  env: Record<string, string>;
  cwd: string;
}

/** Runs a line of bash without a terminal; a pipe ends as its first failing part does. */
export async function runInShell(line: string, options: ShellOptions): Promise<EndedRun> {
  const child = spawn('bash', ['-c', `set -o pipefail; ${line}`], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      resolve({ status, ...output });
    });
  });
}
