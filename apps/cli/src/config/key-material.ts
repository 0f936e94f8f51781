import { AlipayError } from '@zhimaper/alipay-core/errors';
import { readTextSource } from '../input/source.js';
import type { CliContext } from '../runtime/context.js';
import { CommandFailure } from '../runtime/failure.js';
import type { ConfigFaults } from './config-faults.js';

/** Far more than any key or certificate file holds. */
const MAX_KEY_BYTES = 64 * 1024;

/** A key that comes inline in the variable `name`, or in the file that `name_FILE` points to. */
export interface KeyVariable<Key> {
  readonly name: string;
  /** Whose key it is, for the message where it is missing. */
  readonly what: string;
  readonly parse: (text: string) => Key;
  /** What it holds; default a key. */
  readonly kind?: 'key' | 'certificate';
}

/** Reads a key from the environment; null where it is not set, and with a fault. */
export async function readKeyVariable<Key>(
  context: CliContext,
  { name, parse }: KeyVariable<Key>,
  faults: ConfigFaults,
): Promise<Key | null> {
  const fileName = `${name}_FILE`;
  const inline = context.env[name];
  const path = context.env[fileName];
  if (inline && path) faults.add(name, `and ${fileName} are both set: unset one of them.`);
  else if (inline) return parseKey(inline, { name, parse }, faults);
  else if (path) return readKeyFile(context, path, { name: fileName, parse }, faults);
  return null;
}

/** The same, where there is no going on without the key: that it is not set is a fault too. */
export async function requireKeyVariable<Key>(
  context: CliContext,
  variable: KeyVariable<Key>,
  faults: ConfigFaults,
): Promise<Key | null> {
  const { name, what } = variable;
  if (!context.env[name] && !context.env[`${name}_FILE`]) {
    faults.add(name, `or ${name}_FILE must be set: ${what}.`);
    return null;
  }
  return readKeyVariable(context, variable, faults);
}

/** Reads a key from a file that `name`, a variable or an option, points to; null with a fault. */
export async function readKeyFile<Key>(
  context: CliContext,
  path: string,
  variable: Pick<KeyVariable<Key>, 'kind' | 'name' | 'parse'>,
  faults: ConfigFaults,
): Promise<Key | null> {
  const { name } = variable;
  try {
    return parseKey(await readTextSource(context, path, MAX_KEY_BYTES), variable, faults);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    faults.add(name, `names a file that does not serve: ${error.message}`);
    return null;
  }
}

function parseKey<Key>(
  text: string,
  { name, parse, kind = 'key' }: Pick<KeyVariable<Key>, 'kind' | 'name' | 'parse'>,
  faults: ConfigFaults,
): Key | null {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof AlipayError)) throw error;
    faults.add(name, `holds no usable ${kind}: ${error.message} ${error.nextStep}`);
    return null;
  }
}
