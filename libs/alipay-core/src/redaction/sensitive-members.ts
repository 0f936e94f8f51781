import { endOfQuotedValue, QUOTE } from './quoted-value.js';

const PERSON = ['name', 'cert_?no', 'mobile'];
const CREDENTIAL = [
  'app_?auth_?token',
  'auth_?token',
  'access_?token',
  'refresh_?token',
  'auth_?code',
  'private_?key',
  'encrypt_?key',
  'pass(?:word|phrase)',
  'sign',
];
const DOCUMENT = ['biz_?content'];

/** The first group is a person's data, the second a whole document. */
const MEMBER = new RegExp(
  `(${PERSON.join('|')})|(${DOCUMENT.join('|')})|${CREDENTIAL.join('|')}`,
  'gi',
);
/** Where a name may begin: not inside a word, yet straight behind an escape such as `%5B` or `\\n`. */
const NAME_START = /(?<![a-z_])|(?<=%[\da-f]{2})|(?<=\\[nrt])/iy;
/** The mark that ends the name, the separator, the mark that opens the value. */
const ASSIGNMENT = new RegExp(String.raw`(${QUOTE})?\s{0,9}([:=]|%3[AD])\s{0,9}(${QUOTE})?`, 'iy');

const BARE_WORD = /(?:(?!%26)[^&\s"'<>,;{}[\]])*/iy;
const BARE_LINE = /(?:(?!%26)[^&\r\n"<>{}[\]])*/iy;
const JSON_LITERAL = /(?:null|true|false)(?!\w)/y;
/** `biz_content` may hold `&` itself; it ends where another public parameter begins. */
const NEXT_PARAMETER = new RegExp(
  `(?:&(?:amp;){0,3}|%26)(?:${[
    'a(?:lipay|pp|uth)_\\w+',
    'charset',
    'encrypt_type',
    'format',
    'method',
    'notify_url',
    'prod_code',
    'return_url',
    'sign(?:_type)?',
    'terminal_\\w+',
    'timestamp',
    'version',
    'ws_service_url',
  ].join('|')})(?:=|%3D)`,
  'gi',
);

/** Where a text holds the value of a member that is personal or a credential. */
export interface SensitiveRange {
  start: number;
  /** The index behind the value's last character. */
  end: number;
}

/**
 * Finds the values of members that hold personal data or credentials, in JSON, in forms and in strings to
 * sign, whatever was escaped on the way: the gateway's `isv.invalid-signature` echoes all of them.
 *
 * @param documents whether a `biz_content` is one value as a whole, or searched for such members itself
 */
export function* sensitiveMembers(
  text: string,
  documents: 'as-a-whole' | 'inside',
): Generator<SensitiveRange> {
  MEMBER.lastIndex = 0;
  for (let member = MEMBER.exec(text); member; member = MEMBER.exec(text)) {
    if (documents === 'inside' && member[2] !== undefined) continue;
    const value = matchAt(NAME_START, text, member.index) && findValue(text, member);
    if (value === null) continue;
    const next = value.end;
    if (next > value.start) yield value;
    // The pattern is shared: whoever takes the ranges may have searched another text meanwhile.
    MEMBER.lastIndex = next;
  }
}

function findValue(text: string, member: RegExpExecArray): SensitiveRange | null {
  const assignment = matchAt(ASSIGNMENT, text, member.index + member[0].length);
  if (assignment === null) return null;
  const start = assignment.index + assignment[0].length;
  const [, nameEnd, separator, open] = assignment;
  if (open !== undefined) return { start, end: endOfQuotedValue(text, open, start) };
  if (nameEnd !== undefined) {
    return matchAt(JSON_LITERAL, text, start)
      ? null
      : { start, end: endOf(BARE_WORD, text, start) };
  }
  // `name: …` without any quotation mark is prose, not data.
  if (separator === ':' || separator?.toUpperCase() === '%3A') return null;
  const [, person, document] = member;
  if (document !== undefined) return { start, end: endOfDocument(text, start) };
  const bare = person === undefined ? BARE_WORD : BARE_LINE;
  return { start, end: endOf(bare, text, start) };
}

function endOfDocument(text: string, start: number): number {
  NEXT_PARAMETER.lastIndex = start;
  return NEXT_PARAMETER.exec(text)?.index ?? text.length;
}

function endOf(pattern: RegExp, text: string, start: number): number {
  return start + (matchAt(pattern, text, start)?.[0].length ?? 0);
}

function matchAt(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}
