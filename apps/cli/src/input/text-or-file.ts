import type { CliContext } from '../runtime/context.js';
import { nameOf, readSource, readTextSource } from './source.js';

/** The source that an argument `@FILE` or `@-` names, or null where the argument is itself the content. */
export function sourceIn(argument: string): string | null {
  return argument.startsWith('@') ? argument.slice(1) : null;
}

/** Content given as it stands, or with `@FILE` as the bytes of a file. */
export async function readTextOrBytes(
  context: CliContext,
  argument: string,
  maxBytes: number,
): Promise<string | Uint8Array> {
  const source = sourceIn(argument);
  return source === null ? argument : readSource(context, source, maxBytes);
}

/** Text given as it stands or with `@FILE`, and how messages name where it came from. */
export async function readTextOrFile(
  context: CliContext,
  argument: string,
  option: string,
  maxBytes: number,
): Promise<{ text: string; name: string }> {
  const source = sourceIn(argument);
  return source === null
    ? { text: argument, name: option }
    : { text: await readTextSource(context, source, maxBytes), name: nameOf(source) };
}
