import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CliContext } from '../runtime/context.js';
import { CommandFailure, Interrupted } from '../runtime/failure.js';

export interface Question {
  readonly label: string;
  /** Whether what is typed stays invisible. */
  readonly hidden: boolean;
}

/** Whether a person sits there who can be asked. */
export function canPrompt(context: CliContext): boolean {
  return context.stdin.isTTY === true && context.stderr.isTTY === true;
}

/** Asks one question on stderr. Ctrl-C interrupts the command, Ctrl-D refuses to answer. */
export async function prompt(context: CliContext, question: Question): Promise<string> {
  let muted = false;
  // readline echoes through its output, so that is what a hidden answer has to silence.
  const echo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!muted) context.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: context.stdin, output: echo, terminal: true });
  const stopped = new Promise<never>((_resolve, reject) => {
    const interrupt = () => {
      reject(new Interrupted('Interrupted at a prompt.'));
    };
    reader.once('SIGINT', interrupt);
    context.signal.addEventListener('abort', interrupt, { once: true });
    reader.once('close', () => {
      reject(
        new CommandFailure('invalid-input', `${question.label} was not given.`, {
          nextStep: 'Answer the question, or give the input with --input FILE.',
        }),
      );
    });
  });
  let isLineOpen = true;
  try {
    const typed = reader.question(`${question.label}: `);
    muted = question.hidden;
    const answer = await Promise.race([typed, stopped]);
    isLineOpen = question.hidden;
    return answer;
  } finally {
    reader.close();
    if (isLineOpen) context.stderr.write('\n');
  }
}
