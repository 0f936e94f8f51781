import { maskSecret } from '../redaction/index.js';
import type { JsonObject } from './answer.js';

/** An answer's members with nothing to read in them: any of them may be a token. */
export function maskedMembers(data: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      maskSecret(typeof value === 'string' ? value : typeof value),
    ]),
  );
}
