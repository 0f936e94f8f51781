import iconv from 'iconv-lite';

/** A backslash, or what percent-encoding makes of it; in all patterns, repetitions are bounded: linear time. */
const ONE_BACKSLASH = String.raw`(?:\\|%(?:25){0,3}5C)`;
/** A backslash escaped over and over. */
const BACKSLASHES = `${ONE_BACKSLASH}{1,8}`;
const PERCENT = '%(?:25){0,3}';
const AMPERSAND = '&(?:amp;){0,3}';

const NAMED_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', 'amp'],
  ['<', 'lt'],
  ['>', 'gt'],
  ['"', 'quot'],
  ["'", 'apos'],
  ['\u00A0', 'nbsp'],
  ['\u00B7', 'middot'],
]);
const JSON_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', 'n'],
  ['\r', 'r'],
  ['\t', 't'],
  ['\b', 'b'],
  ['\f', 'f'],
]);
const ESCAPED_IN_JSON = /["'/\\]/;
const UTF_8 = new TextEncoder();

/** Which kinds of escapes a text can hold: a pattern for all of them takes long to build. */
interface Escapes {
  backslash: boolean;
  entity: boolean;
  percent: boolean;
}

/**
 * A pattern that finds the given secrets wherever a text holds them: as they are, or each character on its own
 * escaped for JSON (`\"`, `\u5f20`) or HTML (`&quot;`, `&#24352;`), or percent-encoded in UTF-8 or GBK. Null
 * where there is nothing to find.
 *
 * @param text the text to be searched, which decides what the pattern must know
 */
export function secretPattern(secrets: Iterable<string>, text: string): RegExp | null {
  const longestFirst = [...new Set(secrets)]
    .filter((secret) => secret !== '')
    .sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return null;
  const percent = text.includes('%');
  const escapes = {
    percent,
    backslash: percent || text.includes('\\'),
    entity: text.includes('&'),
  };
  const alternatives = longestFirst.map((secret) =>
    Array.from(secret, (character, index) => characterPattern(character, index, escapes)).join(''),
  );
  return new RegExp(alternatives.join('|'), 'gi');
}

/** Escapes in front of the whole secret stay in the text: they tell nothing, and a search for them is slow. */
function characterPattern(character: string, index: number, escapes: Escapes): string {
  const backslashes = index === 0 ? ONE_BACKSLASH : BACKSLASHES;
  const forms = [
    character === '\\' ? backslashes : literal(character),
    ...(character === ' ' ? [String.raw`\+`] : []),
    ...(escapes.backslash ? backslashForms(character, backslashes) : []),
    ...(escapes.entity ? entities(character) : []),
    ...(escapes.percent ? percentForms(character) : []),
  ];
  const escaped = index > 0 && ESCAPED_IN_JSON.test(character) ? `(?:${BACKSLASHES})?` : '';
  return escaped + (forms.length > 1 ? `(?:${[...new Set(forms)].join('|')})` : forms.join(''));
}

function backslashForms(character: string, backslashes: string): string[] {
  const short = JSON_ESCAPES.get(character);
  return [
    unicodeEscape(character, backslashes),
    ...(short === undefined ? [] : [backslashes + short]),
  ];
}

function unicodeEscape(character: string, backslashes: string): string {
  const units = Array.from({ length: character.length }, (_, index) =>
    character.charCodeAt(index).toString(16).padStart(4, '0'),
  );
  return `${backslashes}u${units.join(`${BACKSLASHES}u`)}`;
}

function entities(character: string): string[] {
  const codePoint = character.codePointAt(0) ?? 0;
  const name = NAMED_ENTITIES.get(character);
  return [
    `${AMPERSAND}#(?:0{0,4}${codePoint}|x0{0,4}${codePoint.toString(16)});`,
    ...(name === undefined ? [] : [`${AMPERSAND}${name};`]),
  ];
}

function percentForms(character: string): string[] {
  return [percentForm(UTF_8.encode(character)), percentForm(iconv.encode(character, 'gbk'))];
}

/** Some encoders leave a trail byte of GBK bare that happens to be a letter. */
function percentForm(bytes: Uint8Array): string {
  const written = Array.from(bytes, (byte, index) => {
    const escaped = PERCENT + byte.toString(16).padStart(2, '0');
    const bare = String.fromCharCode(byte);
    return index > 0 && /\w/.test(bare) ? `(?:${escaped}|${bare})` : escaped;
  });
  return written.join('');
}

function literal(character: string): string {
  return character.replace(/[$()*+.?[\\\]^{|}]/, String.raw`\$&`);
}
