import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

export interface ProgramRun {
  child: ChildProcess;
  output: { stdout: string; stderr: string };
  /** How it ended: the exit status, or the signal. */
  exit: Promise<number | NodeJS.Signals | null>;
}

const children: ChildProcess[] = [];

/** Runs a built program of the api with exactly these variables. */
export function runProgram(name: 'api' | 'migrate', variables: Record<string, string>): ProgramRun {
  const { PATH = '' } = process.env;
  const path = fileURLToPath(new URL(`../../bin/${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [path], { env: { PATH, ...variables } });
  children.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const exit = once(child, 'close').then(
    ([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null,
  );
  return { child, output, exit };
}

/** Where the api listens, once it does. */
export function urlOf({ output }: ProgramRun): Promise<string> {
  return until(() => /"url":"(http:[^"]+)"/.exec(output.stdout)?.[1]);
}

/** Ends every program that still runs. */
export function endPrograms(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}
