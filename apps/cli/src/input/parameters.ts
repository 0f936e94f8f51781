import { CommandFailure } from '../runtime/failure.js';

/** Parses `--param key=value` options; the value may hold further `=`, a key may stand once only. */
export function parseParameters(pairs: readonly string[]): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [place, pair] of pairs.entries()) {
    const at = pair.indexOf('=');
    if (at < 1) {
      throw new CommandFailure('invalid-usage', `--param number ${place + 1} is not key=value.`, {
        nextStep: 'Write for example --param charset=utf-8, quoted where the shell needs it.',
      });
    }
    const key = pair.slice(0, at);
    if (parameters.has(key)) {
      throw new CommandFailure('invalid-usage', `The parameter ${key} is given twice.`, {
        nextStep: 'Give each parameter once.',
      });
    }
    parameters.set(key, pair.slice(at + 1));
  }
  return Object.fromEntries(parameters);
}

/** Takes the members of a JSON object as parameters; what is signed is text, so other values are refused. */
export function parametersOf(
  object: Record<string, unknown>,
  name: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      if (typeof value === 'string') return [key, value];
      throw new CommandFailure('invalid-input', `${name}: the value of ${key} is not a string.`, {
        nextStep: 'Give every value as the exact text to be signed, biz_content too.',
      });
    }),
  );
}
