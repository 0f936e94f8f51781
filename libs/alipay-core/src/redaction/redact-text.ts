import { maskCertNo, maskMobile, REDACTED } from './mask.js';
import { secretPattern } from './secret-pattern.js';
import { sensitiveMembers } from './sensitive-members.js';

/** Where a number begins: not inside a longer one, yet also straight behind `%22` or `\u0022`. */
const NUMBER_START = String.raw`(?:(?<!\d)|(?<=%(?:25){0,3}[\da-f]{2})|(?<=\\u[\da-f]{4}))`;
const NUMBER = new RegExp(
  NUMBER_START +
    String.raw`(?:\d{17}[\dx]|\d{15}|(?:(?:00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)`,
  'gi',
);
const PEM_BLOCK = /-----BEGIN [\w ]{1,40}-----[^]*?(?:-----END [\w ]{1,40}-----|$)/g;
const BASE64_RUN =
  /(?<![\w+/])[A-Za-z\d+/]{60,}={0,2}(?:[ \t]{0,8}(?:\\r|\r)?(?:\\n|\n)[A-Za-z\d+/]+={0,2})*/g;
const BEARER = /\b(Bearer\s{1,3})([\w.~+/=-]{8,})/gi;

/**
 * Hides everything that must not be read in a text: the given secrets in any escaping, members that hold
 * personal data or credentials, ID numbers of 15 or 18 digits, mainland mobile numbers, PEM blocks, long runs
 * of base64 and bearer tokens. Takes time linear in the text.
 *
 * Never throws. Source: GB 11643 for ID numbers, RFC 7468 for PEM, RFC 6750 for bearer tokens.
 *
 * @param text any text, of whatever origin
 * @param secrets values known to be secret, such as the inputs of the call that the text is about
 *
 * @example
 * redactText('biz_content={&quot;name&quot;:&quot;张三&quot;}&charset=utf-8');
 * // 'biz_content=[redacted]&charset=utf-8'
 */
export function redactText(text: string, secrets: Iterable<string> = []): string {
  return hide(text, secrets, {
    documents: 'as-a-whole',
    value: () => REDACTED,
    number: maskNumber,
  });
}

/**
 * Hides the same as `redactText`, each character under a `*`, so that every other character keeps its index. Of a
 * `biz_content` only the members are hidden that hold personal data or credentials, not the whole.
 *
 * @example
 * redactInPlace('{"name":"张三","b":1}'); // '{"name":"**","b":1}'
 */
export function redactInPlace(text: string, secrets: Iterable<string> = []): string {
  return hide(text, secrets, { documents: 'inside', value: stars, number: stars });
}

/** The values that `redactInPlace` hides by their members' names: to be hidden in another version of the text too. */
export function sensitiveValues(text: string): string[] {
  return Array.from(sensitiveMembers(text, 'inside'), ({ start, end }) => text.slice(start, end));
}

interface Cover {
  documents: 'as-a-whole' | 'inside';
  value: (hidden: string) => string;
  number: (hidden: string) => string;
}

function hide(text: string, secrets: Iterable<string>, cover: Cover): string {
  const pattern = secretPattern(secrets, text);
  const withoutSecrets = pattern === null ? text : text.replace(pattern, cover.value);
  return hideMembers(withoutSecrets.replace(PEM_BLOCK, cover.value), cover)
    .replace(BEARER, (_, scheme: string, token: string) => scheme + cover.value(token))
    .replace(BASE64_RUN, (run) => (isKeyMaterial(run) ? cover.value(run) : run))
    .replace(NUMBER, cover.number);
}

function hideMembers(text: string, { documents, value }: Cover): string {
  let hidden = '';
  let copied = 0;
  for (const { start, end } of sensitiveMembers(text, documents)) {
    hidden += text.slice(copied, start) + value(text.slice(start, end));
    copied = end;
  }
  return hidden + text.slice(copied);
}

function stars(hidden: string): string {
  return '*'.repeat(hidden.length);
}

function maskNumber(number: string): string {
  const digits = number.replace(/[ -]/g, '');
  if (/^(?:00)?86.{11}$/.test(digits)) return digits.slice(0, -11) + maskMobile(digits.slice(-11));
  return digits.length === 11 ? maskMobile(digits) : maskCertNo(digits);
}

/** Hexadecimal fingerprints and long paths are no keys: a key mixes both cases and digits. */
function isKeyMaterial(run: string): boolean {
  return /[A-Z]/.test(run) && /[a-z]/.test(run) && /\d/.test(run);
}
