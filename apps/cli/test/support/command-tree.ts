import type { Command } from 'commander';
import { createProgram } from '../../src/program.js';
import { createOutput } from '../../src/runtime/output.js';
import { Session } from '../../src/runtime/session.js';
import { capture } from './capture.js';
import { fakeContext } from './fake-context.js';

/** The path of every command that people may call, `''` for zhimaper itself, and those alone that do something. */
export function commandPaths(): { all: string[]; working: string[] } {
  const { context } = fakeContext();
  const session = new Session(context, createOutput(context, { json: false }));
  const all = pathsUnder(createProgram(session, { out: '', err: '' }), '');
  // `sandbox` does something itself and has commands besides.
  const working = all.filter(
    (path) => path === 'sandbox' || !all.some((other) => other.startsWith(`${path} `.trimStart())),
  );
  return { all, working };
}

function pathsUnder(command: Command, path: string): string[] {
  const children = command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== 'help');
  return [
    path,
    ...children.flatMap((child) => pathsUnder(child, `${path} ${child.name()}`.trimStart())),
  ];
}

/** The examples of a command's help, each as one line of shell. */
export async function examplesOf(path: string): Promise<string[]> {
  const { stdout } = await capture([...path.split(' ').filter(Boolean), '--help']);
  const [, examples = ''] = /^Examples?:\n((?: {2}.+\n)+)/m.exec(stdout) ?? [];
  return examples
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.startsWith('  $ '))
    .map((line) => line.slice(4));
}
