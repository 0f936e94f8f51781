import { AlipayError } from '../errors/alipay-error.js';

/** Matches surrogates without a partner only: under `u` a pair is one character. */
const LONE_SURROGATE = /\p{Surrogate}/u;

const CLASSES: readonly (readonly [RegExp, string])[] = [
  [LONE_SURROGATE, 'half of a surrogate pair'],
  [/\p{Script=Han}/u, 'Chinese character'],
  [/\p{Extended_Pictographic}/u, 'emoji'],
  [/\p{Private_Use}/u, 'private-use character'],
  [/[\p{Cc}\p{Cf}]/u, 'control character'],
  [/[\p{L}\p{M}]/u, 'letter'],
  [/\p{N}/u, 'digit'],
  [/[\p{P}\p{S}]/u, 'symbol'],
  [/\p{Z}/u, 'space'],
];

/** Most texts hold no surrogate at all, and this is told in a fourth of the time. */
const ANY_SURROGATE = /[\uD800-\uDFFF]/;

/** Whether a text holds half of a surrogate pair, which no charset can hold. */
export function hasLoneSurrogate(text: string): boolean {
  return ANY_SURROGATE.test(text) && LONE_SURROGATE.test(text);
}

/**
 * The refusal of a text that `charset` cannot hold: it names the first such character by number, kind and
 * position (in code points, from 1), and shows nothing else of the text.
 *
 * @param label the field that the text belongs to, or an empty text
 * @param holds whether the charset has a whole character; half of one it never has
 */
export function unencodable(
  text: string,
  charset: string,
  label: string,
  holds: (character: string) => boolean = () => true,
): AlipayError {
  let position = 0;
  for (const character of text) {
    position++;
    if (!LONE_SURROGATE.test(character) && holds(character)) continue;
    const where = `${label ? `${label}: ` : ''}character ${position}`;
    const message = `${where} is ${describe(character)}, which ${charset} cannot hold.`;
    return new AlipayError('UNENCODABLE_CHARACTER', message, { nextStep: remedy(character) });
  }
  throw new TypeError(`Every character of the text can be written in ${charset}.`);
}

function describe(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const number = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  const kind = CLASSES.find(([pattern]) => pattern.test(character))?.[1] ?? 'unassigned character';
  return `${number} (${kind})`;
}

function remedy(character: string): string {
  return LONE_SURROGATE.test(character)
    ? 'Give well-formed text: a string was probably cut in the middle of a character.'
    : 'Use the charset utf-8 or gb18030, which hold every character, or replace this one.';
}
