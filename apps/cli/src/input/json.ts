import { CommandFailure } from '../runtime/failure.js';

/**
 * Parses JSON that may hold personal data. The parser's own message quotes the text around the fault, so
 * only the place is told.
 */
function parseJson(text: string, name: string): unknown {
  if (text.trim() === '') {
    throw new CommandFailure('invalid-input', `${name} is empty.`, {
      nextStep: 'Give one JSON object; nothing was sent.',
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandFailure('invalid-input', `${name} is not valid JSON${placeOf(cause, text)}.`, {
      nextStep: 'Correct it and call again; nothing was sent.',
    });
  }
}

/** The same, where only an object makes sense. */
export function parseJsonObject(text: string, name: string): Record<string, unknown> {
  const value = parseJson(text, name);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value));
  }
  throw new CommandFailure('invalid-input', `${name} is valid JSON but not an object.`, {
    nextStep: 'Give one object in braces; nothing was sent.',
  });
}

function placeOf(error: unknown, text: string): string {
  const position =
    error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return '';
  const before = text.slice(0, Number(position)).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}
