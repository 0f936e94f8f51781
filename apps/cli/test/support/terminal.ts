import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BINARY = fileURLToPath(new URL('../../bin/zhimaper.js', import.meta.url));

/** What is typed once the terminal shows the text. */
type Answer = readonly [shown: string, typed: string];

export interface TerminalOptions {
  env: Record<string, string>;
  answers?: readonly Answer[];
  /** Where stdout goes instead; stderr stays on the terminal. */
  stdoutTo?: string;
}

/** Runs the built binary on a pseudo-terminal of 120 columns (util-linux' `script`) and types the answers. */
export async function runInTerminal(
  args: readonly string[],
  { env, answers = [], stdoutTo }: TerminalOptions,
): Promise<{ status: number | null; screen: string }> {
  const words = [process.execPath, BINARY, ...args].map((word) => `'${word}'`).join(' ');
  const redirect = stdoutTo === undefined ? '' : ` > ${stdoutTo}`;
  const child = spawn('script', ['-qefc', `stty cols 120; exec ${words}${redirect}`, '/dev/null'], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', TERM: 'xterm', NO_COLOR: '1', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined);
  const waiting = [...answers];
  let screen = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const next = waiting[0];
    const at = next ? screen.indexOf(next[0], seen) : -1;
    if (!next || at < 0) return;
    waiting.shift();
    seen = at + next[0].length;
    child.stdin.write(next[1]);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      resolve({ status, screen: screen.replaceAll('\r\n', '\n') });
    });
  });
}
