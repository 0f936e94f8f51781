import type { CliContext } from '../runtime/context.js';
import { parseJsonObject } from './json.js';
import { parametersOf, parseParameters } from './parameters.js';
import { nameOf, readTextSource } from './source.js';

export interface ParameterOptions {
  /** A file with a JSON object of texts, or `-`. */
  input?: string;
  param?: string[];
}

/** What a request may well hold, biz_content included. */
const MAX_INPUT_BYTES = 4 * 1024 * 1024;

/** Reads parameters from the file and from the options, which win. */
export async function readParameters(
  context: CliContext,
  { input, param = [] }: ParameterOptions,
): Promise<Record<string, string>> {
  const given = parseParameters(param);
  if (input === undefined) return given;
  const name = nameOf(input);
  const text = await readTextSource(context, input, MAX_INPUT_BYTES);
  return { ...parametersOf(parseJsonObject(text, name), name), ...given };
}
