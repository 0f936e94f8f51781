/**
 * Tells whether a text that is kept or shown as it is holds one of a person's data, in whatever case of its letters.
 *
 * What says nothing by itself does not count: a single Chinese character, and up to five Latin ones, which are words or
 * numbers of any text. Never throws. Source: none; the rule is this package's own.
 *
 * @param text the text, such as a caller's own reference
 * @param data the person's name, ID number and mobile
 *
 * @example
 * givesAway('crm-13588111111', ['张三', '330701199901011311', '13588111111']); // true
 * givesAway('crm-4711', ['张三', '330701199901011311', '13588111111']); // false
 */
export function givesAway(text: string, data: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return data.some((datum) => isTelling(datum) && lower.includes(datum.toLowerCase()));
}

function isTelling(datum: string): boolean {
  return /[^\x20-\x7e]/.test(datum) ? datum.length > 1 : datum.length > 5;
}
