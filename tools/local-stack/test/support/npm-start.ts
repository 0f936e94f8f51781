import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { WORKSPACE_ROOT } from '../../src/stack/workspace.js';

interface StartOutcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A running `npm start`. */
export interface NpmStart {
  /** npm itself, which alone is signalled. */
  pid: number;
  kill(signal: NodeJS.Signals): void;
  /** The first line on stdout. */
  firstLine(): Promise<string>;
  /** Waits until stderr holds the text. */
  says(text: string): Promise<void>;
  ended: Promise<StartOutcome>;
}

interface NpmStartOptions {
  cwd?: string;
  env?: Record<string, string>;
}

/** Starts `npm start -- ARGS` in the clone, without a database that is named around us. */
export function npmStart(args: readonly string[], options: NpmStartOptions = {}): NpmStart {
  const child = spawn('npm', ['start', '--silent', '--', ...args], {
    cwd: options.cwd ?? WORKSPACE_ROOT,
    env: { ...process.env, DATABASE_URL: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    stdout,
    stderr,
  }));
  const until = async (isThere: () => boolean) => {
    while (!isThere()) {
      const more = [once(child.stdout, 'data'), once(child.stderr, 'data'), ended];
      const outcome = await Promise.race(more);
      if (!isThere() && 'code' in outcome) throw new Error(`npm start ended:\n${stderr}`);
    }
  };
  return {
    pid: child.pid!,
    kill: (signal) => child.kill(signal),
    firstLine: async () => {
      await until(() => stdout.includes('\n'));
      return stdout.slice(0, stdout.indexOf('\n'));
    },
    says: (text) => until(() => stderr.includes(text)),
    ended,
  };
}
