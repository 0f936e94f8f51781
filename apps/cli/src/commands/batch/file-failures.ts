import { nameOf } from '../../input/source.js';
import { CommandFailure } from '../../runtime/failure.js';
import { grouped } from './show.js';
import type { FileCheck } from './tally.js';

/** Lines of a file are not valid, and nobody said that they may be left out. */
export class InvalidLines extends CommandFailure {
  readonly check: FileCheck;

  constructor(check: FileCheck) {
    const { lines, invalid, issues } = check;
    super('invalid-input', `${grouped(invalid)} of ${grouped(lines)} lines are not valid.`, {
      details: issues.map(({ field, code, lines: found }) => `${field} ${code}: ${grouped(found)}`),
      nextStep: 'Correct them, or leave them out with --skip-invalid; nobody was applied for.',
      ...(issues[0] ? { subCode: issues[0].code } : {}),
    });
    this.check = check;
  }
}

export function noLines(file: string): CommandFailure {
  return new CommandFailure('invalid-input', `${nameOf(file)} has no lines.`, {
    nextStep: 'Give a file with an application on each line; nothing was sent.',
  });
}

export function tooManyLines(file: string, most: number): CommandFailure {
  return new CommandFailure(
    'invalid-input',
    `${nameOf(file)} has more than ${grouped(most)} lines.`,
    {
      nextStep: 'Part it into several files; nothing was sent.',
    },
  );
}

export function changedFile(file: string): CommandFailure {
  return new CommandFailure(
    'conflict',
    `${file} changed while it was sent; the batch did not begin.`,
    {
      nextStep: 'Submit it once nobody writes to it any more.',
    },
  );
}

export function keyMissing(file: string): CommandFailure {
  const what = `${nameOf(file)} can be read only once, so no key follows from its content.`;
  return new CommandFailure('invalid-usage', what, {
    nextStep:
      'Name this batch yourself with --idempotency-key, and use the same name to go on with it.',
  });
}
