import type { Command } from 'commander';
import type { CliContext } from '../../runtime/context.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { collect } from '../../runtime/options.js';
import type { CommandRun } from '../../runtime/session.js';
import { pathOf, positionOf, type Position } from './position.js';
import { valuesOfOperand, valuesOfOption, type Candidate } from './values.js';

/** Prints what may come next, `value`, tab, `description` a line; nothing where that is not known. It never fails. */
export async function runComplete(
  program: Command,
  words: readonly string[],
  { context, output }: Pick<CommandRun<object>, 'context' | 'output'>,
): Promise<CommandOutcome> {
  const word = words.at(-1) ?? '';
  const position = positionOf(program, words);
  // The shell replaces the whole word, so that candidates repeat what stands in front of the equals sign.
  const front =
    position.kind === 'value' && position.inline ? word.slice(0, word.indexOf('=') + 1) : '';
  const typed = word.slice(front.length).toLowerCase();
  // A wrong configuration, or an api that is away, is no reason to disturb whoever types.
  const candidates = await candidatesAt(position, words, typed, context).catch(() => []);
  await output.text(
    candidates
      .filter(({ value }) => value !== '' && value.toLowerCase().startsWith(typed))
      .map(({ value, description }) => `${front}${value}\t${oneLine(description)}\n`)
      .join(''),
  );
  return 'success';
}

function candidatesAt(
  position: Position,
  words: readonly string[],
  typed: string,
  context: CliContext,
): Promise<readonly Candidate[]> {
  switch (position.kind) {
    case 'value':
      return valuesOfOption(position.option, typed, context);
    case 'option':
      return Promise.resolve(optionsOf(position.command, position.given));
    case 'operand':
      return operandsOf(position, words, context);
  }
}

function optionsOf(command: Command, given: readonly string[]): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => option.parseArg === collect || !given.includes(option.long ?? ''))
    .map(({ long, description }) => ({ value: long ?? '', description }));
}

async function operandsOf(
  { command, argument, isFirst }: Extract<Position, { kind: 'operand' }>,
  words: readonly string[],
  context: CliContext,
): Promise<readonly Candidate[]> {
  const commands = isFirst ? command.createHelp().visibleCommands(command) : [];
  return [
    ...commands
      .filter((child) => child.name() !== 'help')
      .map((child) => ({ value: child.name(), description: child.description() })),
    ...(argument ? await valuesOfOperand(pathOf(command), argument, words, context) : []),
  ];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
