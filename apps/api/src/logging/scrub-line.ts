import { redactText } from '@zhimaper/alipay-core';

const OWN_KEY = /zma_[0-9A-Za-z_]{7,}/g;
/**
 * Longer than a trace id, as Alipay's tokens are (40 characters in its documents). Words have no digits, paths and
 * UUIDs are not of one piece.
 */
const TOKEN = /(?<![\w-])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z\d]{36,}(?![\w-])/g;

/**
 * Masks what must not be read in a log line, by its form alone: ID numbers, mobiles, key material, bearer tokens, API
 * keys, and whatever looks like a token. The line stays JSON.
 */
export function scrubLine(line: string): string {
  return redactText(line).replace(OWN_KEY, 'zma_[redacted]').replace(TOKEN, '[redacted]');
}
