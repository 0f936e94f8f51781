import { spawn } from 'node:child_process';
import { isSystemError } from '../stack-error.js';
import type { Account } from './account.js';
import type { ChildExit } from './managed-child.js';

/** As much of a command's output as is kept, in characters from its end. */
const OUTPUT_LIMIT = 64 * 1024;

/** How long a command that was told to end may take before it is forced, in milliseconds. */
const GRACE_MS = 1_500;

interface RunOptions {
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  account?: Account | undefined;
  signal?: AbortSignal | undefined;
}

/** How a command ended, and what it said. */
export interface CommandResult extends ChildExit {
  /** Standard output and error as they came. */
  output: string;
  timedOut: boolean;
}

/**
 * Runs a short-lived command to its end; at the deadline, or when aborted, it is told to end and then forced.
 *
 * @throws the signal's reason when aborted, or the system's error when the command cannot be started
 */
export async function runToEnd(
  command: string,
  args: readonly string[],
  { env, timeoutMs, account, signal }: RunOptions,
): Promise<CommandResult> {
  signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: '/',
    detached: true,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  let output = '';
  const keep = (chunk: string) => {
    output = (output + chunk).slice(-OUTPUT_LIMIT);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);

  let timedOut = false;
  let force: NodeJS.Timeout | undefined;
  const end = () => {
    killGroup(child.pid, 'SIGTERM');
    force ??= setTimeout(() => killGroup(child.pid, 'SIGKILL'), GRACE_MS);
  };
  const deadline = setTimeout(() => {
    timedOut = true;
    end();
  }, timeoutMs);
  signal?.addEventListener('abort', end);
  try {
    const exit = await new Promise<ChildExit>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, killedBy) => resolve({ code, signal: killedBy }));
    });
    signal?.throwIfAborted();
    return { ...exit, output, timedOut };
  } finally {
    clearTimeout(deadline);
    clearTimeout(force);
    signal?.removeEventListener('abort', end);
  }
}

/** The command with whatever it started: it leads a group of its own. */
function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!isSystemError(error, 'ESRCH')) throw error;
  }
}
