import type { Argument, Command, Option } from 'commander';

/** What the word under the cursor is. */
export type Position =
  | { readonly kind: 'value'; readonly option: Option; readonly inline: boolean }
  | { readonly kind: 'option'; readonly command: Command; readonly given: readonly string[] }
  | {
      readonly kind: 'operand';
      readonly command: Command;
      /** Null where the command takes no further one. */
      readonly argument: Argument | null;
      /** Whether a command may still stand here. */
      readonly isFirst: boolean;
    };

/** Walks the command tree along the words before the last one, which is typed in part. */
export function positionOf(program: Command, words: readonly string[]): Position {
  let command = program;
  let operands = 0;
  let awaited: Option | null = null;
  const given: string[] = [];
  for (const word of words.slice(0, -1)) {
    if (awaited) {
      awaited = null;
      continue;
    }
    const option = optionOf(command, word);
    if (option) {
      given.push(option.long ?? word);
      if (takesValue(option) && !word.includes('=')) awaited = option;
      continue;
    }
    const child = operands === 0 ? command.commands.find((known) => known.name() === word) : null;
    if (child) command = child;
    else operands += 1;
  }
  const last = words.at(-1) ?? '';
  if (awaited) return { kind: 'value', option: awaited, inline: false };
  if (last.startsWith('-')) {
    const option = last.includes('=') ? optionOf(command, last) : null;
    return option && takesValue(option)
      ? { kind: 'value', option, inline: true }
      : { kind: 'option', command, given };
  }
  const argument = command.registeredArguments[operands] ?? null;
  return { kind: 'operand', command, argument, isFirst: operands === 0 };
}

/** The names from the program down, without the program's own. */
export function pathOf(command: Command): string {
  return command.parent === null ? '' : `${pathOf(command.parent)} ${command.name()}`.trim();
}

function optionOf(command: Command, word: string): Option | null {
  const [name] = word.split('=');
  return command.options.find(({ long, short }) => long === name || short === name) ?? null;
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}
