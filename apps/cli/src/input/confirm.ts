import type { CliContext } from '../runtime/context.js';
import { CommandFailure } from '../runtime/failure.js';
import { canPrompt, prompt } from './prompt.js';

/** Asks for a yes; anything else is a no. Throws where nobody is there who could be asked. */
export async function confirm(context: CliContext, question: string): Promise<boolean> {
  requireTerminal(context);
  const answer = await prompt(context, { label: `${question} [y/N]`, hidden: false });
  return /^y(es)?$/i.test(answer.trim());
}

/** Asks to type a word, for what cannot be undone. */
export async function confirmByTyping(
  context: CliContext,
  question: string,
  word: string,
): Promise<boolean> {
  requireTerminal(context);
  const answer = await prompt(context, {
    label: `${question} Type ${word} to go on`,
    hidden: false,
  });
  return answer.trim() === word;
}

function requireTerminal(context: CliContext): void {
  if (canPrompt(context)) return;
  throw new CommandFailure(
    'invalid-usage',
    'This needs a confirmation, and no terminal is there to ask.',
    {
      nextStep: 'Add --yes if it is meant.',
    },
  );
}
