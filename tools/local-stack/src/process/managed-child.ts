import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { Account } from './account.js';
import { guard } from './guardian.js';

/** One signal on the way from asking to forcing, and how long it may take effect. */
export interface StopStep {
  signal: NodeJS.Signals;
  seconds: number;
}

/** How a child ended. */
export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A long-running child process that ends with us at the latest. */
export interface ManagedChild {
  readonly pid: number;
  /** Undefined while it runs. */
  readonly exit: ChildExit | undefined;
  readonly exited: Promise<ChildExit>;
  /** Goes through the stop steps until it has ended. */
  stop(): Promise<ChildExit>;
}

interface ManagedChildOptions {
  env: NodeJS.ProcessEnv;
  /** Standard output and error are appended to it. */
  logFile: string;
  stopSteps: readonly StopStep[];
  account?: Account | undefined;
}

/**
 * Starts a child in a session of its own, so that Ctrl-C reaches us alone and we stop it in order.
 *
 * It does not keep this process alive, and is stopped by a guard should this process die without doing it.
 *
 * @throws the system's error when the command cannot be started
 */
export async function startChild(
  command: string,
  args: readonly string[],
  { env, logFile, stopSteps, account }: ManagedChildOptions,
): Promise<ManagedChild> {
  const log = await open(logFile, 'a', 0o600);
  try {
    const child = spawn(command, args, {
      cwd: '/',
      detached: true,
      env,
      stdio: ['ignore', log.fd, log.fd],
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    const ended = new Promise<ChildExit>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    await once(child, 'spawn');
    const pid = child.pid;
    if (pid === undefined) throw new Error(`${command} has no process number.`);
    const guardian = guard(pid, stopSteps);
    child.unref();

    let exit: ChildExit | undefined;
    const exited = ended.then(async (how) => {
      exit = how;
      await guardian.dismiss();
      return how;
    });
    return {
      pid,
      get exit() {
        return exit;
      },
      exited,
      stop: () => stopInSteps(exited, stopSteps, (signal) => child.kill(signal)),
    };
  } finally {
    await log.close();
  }
}

async function stopInSteps(
  exited: Promise<ChildExit>,
  steps: readonly StopStep[],
  send: (signal: NodeJS.Signals) => void,
): Promise<ChildExit> {
  for (const { signal, seconds } of steps) {
    send(signal);
    const timer = new AbortController();
    const exit = await Promise.race([exited, timeout(seconds, timer.signal)]);
    timer.abort();
    if (exit) return exit;
  }
  throw new Error('A child process does not end, not even by force.');
}

/** Keeps this process alive meanwhile, which the child does not. */
function timeout(seconds: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), seconds * 1000);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}
