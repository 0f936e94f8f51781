import { CATALOGUE } from './catalogue.js';
import type { CatalogueEntry } from './catalogue-entry.js';
import { appliesTo } from './find-error.js';
import type { OutcomeClass } from './outcome-class.js';

/** Which entries to list; every member given must hold. */
export interface ErrorFilter {
  class?: OutcomeClass | undefined;
  /** Only what an answer to this method may carry. */
  method?: string | undefined;
  /** Text to find in codes, names and texts of either language, in any letter case. */
  search?: string | undefined;
}

/**
 * Lists the result codes of the gateway.
 *
 * Never throws. Source: the gateway's published documents, public error codes (公共错误码).
 *
 * @param filter which ones; all 122 without it
 *
 * @example
 * listErrors({ class: 'rate-limited' }).map((entry) => entry.subCode);
 */
export function listErrors(filter: ErrorFilter = {}): readonly CatalogueEntry[] {
  const search = filter.search?.trim().toLowerCase();
  return CATALOGUE.filter(
    (entry) =>
      (filter.class === undefined || entry.class === filter.class) &&
      appliesTo(entry, filter.method) &&
      (search === undefined || searchText(entry).includes(search)),
  );
}

function searchText(entry: CatalogueEntry): string {
  const { code, msg, subCode, aliases, description, descriptionZh, solution, solutionZh } = entry;
  return [code, msg, subCode, ...aliases, description, descriptionZh, solution, solutionZh]
    .filter((text) => text !== null)
    .join('\n')
    .toLowerCase();
}
