import { z } from 'zod';

/** A variable that holds a whole number from `least` to `most`, both inclusive. */
export function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  // Nothing here may abort: what depends on several variables is looked at whatever is wrong with one.
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error });
}
