import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import type { StopStep } from './managed-child.js';

/**
 * Waits for the end of its standard input, which comes when we end in whatever way, SIGKILL included, and then
 * stops the process it was given. Every shell has what it needs.
 */
const SCRIPT = `
read -r _
pid=$1; shift
while [ $# -ge 2 ]; do
  kill -s "$1" "$pid" 2>/dev/null || exit 0
  waited=0
  while [ $waited -lt "$2" ] && kill -0 "$pid" 2>/dev/null; do sleep 1; waited=$((waited + 1)); done
  shift 2
done
`;

/** Sees to it that a child does not outlive us. */
export interface Guardian {
  /** Ends the guard, once the child has ended. */
  dismiss(): Promise<void>;
}

/**
 * Sets a guard beside a child: should this process die without stopping it, the guard does.
 *
 * @param pid the child
 * @param steps the signals that stop it, with the time given to each
 */
export function guard(pid: number, steps: readonly StopStep[]): Guardian {
  const schedule = steps.flatMap(({ signal, seconds }) => [
    signal.slice('SIG'.length),
    String(Math.ceil(seconds)),
  ]);
  // In a session of its own, or Ctrl-C in the terminal would end the guard before the guarded.
  const shell = spawn('sh', ['-c', SCRIPT, 'guard', String(pid), ...schedule], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  shell.on('error', () => undefined);
  unrefWithInput(shell);
  return {
    dismiss: async () => {
      if (shell.pid === undefined || shell.exitCode !== null || shell.signalCode !== null) return;
      const exited = once(shell, 'exit');
      shell.ref();
      shell.kill('SIGKILL');
      await exited;
    },
  };
}

function unrefWithInput(child: ChildProcess): void {
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
}
