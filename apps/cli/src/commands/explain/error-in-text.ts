import { findError, type CatalogueEntry } from '@zhimaper/alipay-core/errors';

const NAMED = /"?sub_?code"?\s*[:=]\s*["']?([\w.-]+)/gi;
const CODE = /"?code"?\s*[:=]\s*["']?(\d{5})\b/gi;
/** Any word that may be a sub-code: it has a dot, a dash or an underscore, or is a gateway's number. */
const WORD = /\b(?:[A-Za-z][\w-]*[._-][\w.-]*\w|[A-Z]{6,}|[12345]\d{4})\b/g;

/** Finds the code that a pasted answer, problem or log line is about: a named sub-code first, then any word. */
export function errorInText(text: string): CatalogueEntry | null {
  const named = [NAMED, CODE].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ([, name = '']) => name),
  );
  const words = Array.from(text.matchAll(WORD), ([word]) => word);
  for (const name of [...named, ...words]) {
    const entry = findError(name);
    if (entry && entry.class !== 'success') return entry;
  }
  return null;
}
