import { z } from 'zod';

const CONTROL_CHARACTER = /\p{Cc}|\p{Cs}/u;

/** Whether a text holds what no column and no log should: control characters, halves of surrogate pairs. */
export function hasControlCharacter(text: string): boolean {
  return CONTROL_CHARACTER.test(text);
}

/** A short text of the caller's own: 1 to `most` characters on one line. */
export function label(most: number) {
  return z
    .string()
    .min(1)
    .max(most)
    .refine((text) => !hasControlCharacter(text), 'has a control character');
}
