import { CATALOGUE } from './catalogue.js';
import type { CatalogueEntry } from './catalogue-entry.js';

/** What is known of an answer: its `code`, its `sub_code`, and the method that was called. */
export interface ErrorQuery {
  code?: string | null | undefined;
  subCode?: string | null | undefined;
  /** Restricts method-scoped sub-codes to the methods that they belong to. */
  method?: string | undefined;
}

const PREFIX = /^(?:(?:isv|isp|aop)\.)+/;
const SYSTEM_FAILURE = 'acq.system_error';

const normalise = (name: string): string => name.trim().toLowerCase();
const withoutPrefix = (name: string): string => normalise(name).replace(PREFIX, '');

const byCode = new Map<string, CatalogueEntry>();
const bySubCode = new Map<string, CatalogueEntry[]>();

for (const entry of CATALOGUE) {
  if (entry.subCode === null) {
    if (entry.code !== null) byCode.set(entry.code, entry);
    continue;
  }
  for (const key of new Set([entry.subCode, ...entry.aliases].map(withoutPrefix))) {
    bySubCode.set(key, [...(bySubCode.get(key) ?? []), entry]);
  }
}

/**
 * Looks up what a result code of the gateway means.
 *
 * The sub-code decides, whatever `code` stands beside it, since the same sub-code has moved between codes
 * over the years; its prefix (`isv.`, `isp.`, `aop.`) and letter case do not matter. Any other sub-code
 * that ends in `SYSTEM_ERROR` is a failure of the business system. Where the sub-code says nothing, `code`
 * decides.
 *
 * Never throws. Source: the gateway's published documents, public error codes (公共错误码).
 *
 * @param query an answer's codes, or one code or sub-code as text
 * @returns the entry, or null where the catalogue lists neither
 *
 * @example
 * findError('NO_USER_ERROR')?.class; // 'end-user'
 * findError({ code: '40002', subCode: 'isv.invalid-app-id' })?.solution;
 */
export function findError(query: ErrorQuery | string): CatalogueEntry | null {
  const { code, subCode, method } =
    typeof query === 'string' ? { code: query, subCode: query, method: undefined } : query;
  const bySub = subCode ? findBySubCode(subCode, method) : null;
  return bySub ?? (code ? (byCode.get(code.trim()) ?? null) : null);
}

function findBySubCode(subCode: string, method: string | undefined): CatalogueEntry | null {
  const name = withoutPrefix(subCode);
  const inScope = (bySubCode.get(name) ?? []).filter((entry) => appliesTo(entry, method));
  const [first, ...others] = inScope;
  if (first === undefined) {
    return name.endsWith('system_error') ? (bySubCode.get(SYSTEM_FAILURE)?.[0] ?? null) : null;
  }
  return others.reduce(
    (best, entry) => (rank(entry, subCode) > rank(best, subCode) ? entry : best),
    first,
  );
}

/** Whether an answer to `method` may carry the entry; every entry may where no method is named. */
export function appliesTo(entry: CatalogueEntry, method: string | undefined): boolean {
  return method === undefined || entry.methods === null || entry.methods.includes(method);
}

function rank(entry: CatalogueEntry, subCode: string): number {
  const wanted = normalise(subCode);
  if (entry.subCode !== null && normalise(entry.subCode) === wanted) return 2;
  return entry.aliases.some((alias) => normalise(alias) === wanted) ? 1 : 0;
}
