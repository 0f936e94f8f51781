/** A quotation mark as it may open a value: bare, escaped for JSON or HTML, or percent-encoded. */
export const QUOTE = [
  String.raw`\\{0,15}["']`,
  '&(?:amp;){0,3}(?:quot|apos|#0{0,3}3[49]|#x0{0,3}2[27]);',
  '(?:%5C){0,15}%(?:25){0,3}2[27]',
  String.raw`\\{1,8}u002[27]`,
].join('|');

const ESCAPES_AND_MARK = /^((?:\\(?!u)|%5C)*)(.+)$/i;

/**
 * Where a value ends that a quotation mark opened: at the same mark, escaped to the same depth. A mark that
 * carries more backslashes belongs to the value. Without an end, the value reaches to the end of the text.
 *
 * @param open the opening mark with its escapes
 * @param start where the value begins
 * @returns the index behind the value's last character
 */
export function endOfQuotedValue(text: string, open: string, start: number): number {
  const [, escapes = '', mark = open] = ESCAPES_AND_MARK.exec(open) ?? [];
  const depth = countEscapes(escapes, escapes.length, 0).count;
  // Escaping once more turns n backslashes before a mark into 2n + 1.
  const period = 2 * (depth + 1);
  for (let at = text.indexOf(mark, start); at >= 0; at = text.indexOf(mark, at + mark.length)) {
    const before = countEscapes(text, at, start);
    if (before.count % period === depth) return depth === 0 ? at : before.start;
  }
  return text.length;
}

function countEscapes(text: string, end: number, from: number): { count: number; start: number } {
  let count = 0;
  let start = end;
  for (;;) {
    if (start > from && text[start - 1] === '\\') start -= 1;
    else if (start - 3 >= from && text.slice(start - 3, start).toUpperCase() === '%5C') start -= 3;
    else return { count, start };
    count++;
  }
}
