/** What stands for a value of which nothing may show, not even its length. */
export const REDACTED = '[redacted]';

/** Shorter numbers would show more than they hide. */
const SHORTEST_CERT_NO = 15;
const SHORTEST_MOBILE = 11;

/**
 * Masks a person's name, all but the last character (code point).
 *
 * Never throws. Source: none; the form of masking is this package's own.
 *
 * @param name the name, counted in characters (code points)
 *
 * @example
 * maskName('欧阳娜娜'); // '***娜'
 */
export function maskName(name: string): string {
  const characters = [...name];
  return maskBetween(characters, 0, characters.length > 1 ? 1 : 0);
}

/**
 * Masks an ID number: the first three and the last four characters show, of a short one none.
 *
 * Never throws. Source: none; the form of masking is this package's own.
 *
 * @param certNo the ID number, counted in characters
 *
 * @example
 * maskCertNo('330701199901011311'); // '330***********1311'
 */
export function maskCertNo(certNo: string): string {
  return maskMiddle(certNo, SHORTEST_CERT_NO);
}

/**
 * Masks a mobile number: the first three and the last four digits show, of a short one none.
 *
 * Never throws. Source: none; the form of masking is this package's own.
 *
 * @param mobile the mobile number, counted in characters
 *
 * @example
 * maskMobile('13588111111'); // '135****1111'
 */
export function maskMobile(mobile: string): string {
  return maskMiddle(mobile, SHORTEST_MOBILE);
}

/**
 * Masks a token or a key entirely; only that there is none shows.
 *
 * Never throws. Source: none; the form of masking is this package's own.
 *
 * @param secret the token or key
 *
 * @example
 * maskSecret('20120823ac6ffaa4d2d84e7384bf983531473993'); // '[redacted]'
 */
export function maskSecret(secret: string): string {
  return secret === '' ? '' : REDACTED;
}

function maskMiddle(value: string, shortest: number): string {
  const characters = [...value];
  return characters.length < shortest
    ? maskBetween(characters, 0, 0)
    : maskBetween(characters, 3, 4);
}

function maskBetween(characters: readonly string[], first: number, last: number): string {
  const end = characters.length - last;
  return characters.map((character, at) => (at < first || at >= end ? character : '*')).join('');
}
