import {
  AlipayError,
  AlipayInputError,
  redactText,
  type AlipayErrorCode,
} from '@zhimaper/alipay-core';
import type { CommandOutcome } from './exit-status.js';
import { combineFailures, CommandFailure } from './failure.js';

const OUTCOME_BY_CODE: Readonly<Partial<Record<AlipayErrorCode, CommandOutcome>>> = {
  INVALID_INPUT: 'invalid-input',
  UNENCODABLE_CHARACTER: 'invalid-input',
  MALFORMED_RESPONSE: 'invalid-input',
};

/** What alipay-core refuses, as a failure of the command; null for any other error. */
export function failureOf(error: unknown): CommandFailure | null {
  if (error instanceof AlipayInputError) {
    const [first] = error.issues;
    return new CommandFailure('invalid-input', 'The input was refused; nothing was sent.', {
      details: error.issues.map(({ field, message, code }) => `${field} ${message} (${code})`),
      nextStep: 'Correct the listed fields and call again.',
      ...(first ? { subCode: first.code } : {}),
    });
  }
  if (!(error instanceof AlipayError)) return null;
  return new CommandFailure(OUTCOME_BY_CODE[error.code] ?? 'caller-config', error.message, {
    nextStep: error.nextStep,
  });
}

/** An error that nobody foresaw, in words that are safe to print. */
export function describeUnexpected(error: unknown): string {
  return error instanceof Error
    ? redactText(`${error.name}: ${error.message}`)
    : 'an unknown error';
}

/** Takes two steps and tells the failures of both at once; the second learns whether the first worked. */
export async function takeBoth<First, Second>(
  first: () => Promise<First>,
  second: (firstWorked: boolean) => Promise<Second>,
): Promise<readonly [First, Second]> {
  const one = await orFailure(first());
  const two = await orFailure(second(!(one instanceof CommandFailure)));
  if (one instanceof CommandFailure || two instanceof CommandFailure) {
    throw combineFailures([one, two].filter((step) => step instanceof CommandFailure));
  }
  return [one, two];
}

async function orFailure<T>(step: Promise<T>): Promise<T | CommandFailure> {
  try {
    return await step;
  } catch (error) {
    const failure = error instanceof CommandFailure ? error : failureOf(error);
    if (failure) return failure;
    throw error;
  }
}
