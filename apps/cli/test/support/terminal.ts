import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BINARY = fileURLToPath(new URL('../../bin/zhimaper.js', import.meta.url));

/** Long for any command here, on a machine with much to do. */
const DEADLINE_MS = 20_000;

/** What is typed, or done, once the terminal shows the text. */
type Answer = readonly [shown: string, typed: string | (() => void)];

export interface TerminalOptions {
  env: Record<string, string>;
  answers?: readonly Answer[];
  /** How wide it is. Default 120. */
  columns?: number;
  /** Where the command starts. */
  cwd?: string;
}

export interface TerminalRun {
  status: number | null;
  /** Everything that was shown, with the line ends of a file. */
  screen: string;
}

/** Runs the built binary on a pseudo-terminal and types the answers. */
export async function runInTerminal(
  args: readonly string[],
  /** Where stdout goes instead; stderr stays on the terminal. */
  { stdoutTo, ...options }: TerminalOptions & { stdoutTo?: string },
): Promise<TerminalRun> {
  const words = [process.execPath, BINARY, ...args].map((word) => `'${word}'`).join(' ');
  return runOnTerminal(`exec ${words}${stdoutTo === undefined ? '' : ` > ${stdoutTo}`}`, options);
}

/** Runs a line of shell on a pseudo-terminal (util-linux' `script`) and types the answers. */
export async function runOnTerminal(
  line: string,
  { env, answers = [], columns = 120, cwd }: TerminalOptions,
): Promise<TerminalRun> {
  const child = spawn('script', ['-qefc', `stty cols ${columns}; ${line}`, '/dev/null'], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', TERM: 'xterm', NO_COLOR: '1', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  child.stdin.on('error', () => undefined);
  // What was waited for never came: the test fails by what the screen shows.
  const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  const waiting = [...answers];
  let screen = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    for (let next = waiting[0]; next && screen.includes(next[0], seen); next = waiting[0]) {
      waiting.shift();
      seen = screen.indexOf(next[0], seen) + next[0].length;
      const [, answer] = next;
      if (typeof answer === 'string') child.stdin.write(answer);
      else answer();
    }
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      clearTimeout(deadline);
      resolve({ status, screen: screen.replaceAll('\r\n', '\n') });
    });
  });
}
