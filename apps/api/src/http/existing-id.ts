import { ProblemError } from '../errors/problem-error.js';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** An id out of a path. Whatever is no UUID names nothing that exists: 404, not 400. */
export function existingId(text: string): string {
  if (!UUID.test(text)) throw new ProblemError('not-found');
  return text.toLowerCase();
}
