import { unescapeHtml } from './text-escapes.js';

/** What stands in front of the string to sign in the gateway's text. */
const MARKER = /验签字符串为\s*[：:]?\s*/;
const FIRST_PARAMETER = /[A-Za-z_]\w*=/;
const LINK = /https?:\/\//g;
/** What may part the string to sign from the help text behind it. */
const TAIL_START = /[\s,，。；;（(【[]/;

/**
 * Finds the string to sign that the gateway made of a request, in the text in which it tells it: behind its marker, before
 * the help text and its link, HTML's escapes undone. Null where there is none.
 */
export function findEcho(text: string, signed: string): string | null {
  const echo = cutOut(outOfJson(text));
  if (echo === null) return null;
  const [first = echo, ...others] = readingsOf(echo).map((reading) => withoutTail(reading, signed));
  return others.reduce(
    (best, reading) =>
      commonPrefix(reading, signed) > commonPrefix(best, signed) ? reading : best,
    first,
  );
}

/**
 * The separators tell how often the echo was escaped on the way to us. Where they are bare it was perhaps not escaped at
 * all, and then the reading wins that shares more with what was signed.
 */
function readingsOf(echo: string): string[] {
  const once = unescapeHtml(echo);
  if (/&amp;amp;\w+=/.test(echo)) return [unescapeHtml(once)];
  return /&amp;\w+=/.test(echo) ? [once] : [once, echo];
}

/** How many code units two texts share at their beginning, whole characters only. */
export function commonPrefix(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  const before = a.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff ? at - 1 : at;
}

function cutOut(text: string): string | null {
  const marker = MARKER.exec(text);
  const behind = marker === null ? text : text.slice(marker.index + marker[0].length);
  const start = marker === null ? behind.search(FIRST_PARAMETER) : 0;
  const echo = start < 0 ? '' : behind.slice(start).trim();
  return FIRST_PARAMETER.test(echo) ? echo : null;
}

/** Where a whole answer was given, or a text still in its escapes, the text that it holds. */
function outOfJson(text: string): string {
  const member = /"sub_msg"\s*:\s*("(?:[^"\\]|\\.)*")/s.exec(text)?.[1];
  const literal =
    member ?? (/\\u[\da-f]{4}/i.test(text) && !MARKER.test(text) ? `"${text}"` : null);
  return (literal === null ? null : readJson(literal)) ?? text;
}

function readJson(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

function withoutTail(echo: string, signed: string): string {
  const behind = echo.startsWith(signed) ? echo.slice(signed.length) : null;
  if (behind === '' || (behind !== null && TAIL_START.test(behind.slice(0, 1)))) return signed;
  const version = /^(.*&version=[\d.]*\d)(?![\d.&])/s.exec(echo)?.[1];
  const [link] = Array.from(echo.matchAll(LINK)).slice(-1);
  const candidates = [version, link && beforeHelp(echo, link.index)];
  return candidates.find((cut) => cut !== undefined) ?? echo;
}

/** A link belongs to the help text where something parts it from the last parameter's value. */
function beforeHelp(echo: string, link: number): string | undefined {
  const value = echo.lastIndexOf('=', link) + 1;
  const before = echo.slice(value, link);
  const part = before.includes('"') ? -1 : before.search(TAIL_START);
  return part < 0 ? undefined : echo.slice(0, value + part);
}
