import type { Answer } from '@zhimaper/api-client';
import type { ListDefinition, Output } from '../runtime/output.js';

/** Options of every list. */
export interface PageOptions {
  all?: boolean;
  cursor?: string;
  limit?: number;
}

export interface PageQuery {
  cursor?: string;
  limit?: number;
}

interface Page<Item> {
  items: readonly Item[];
  nextCursor: string | null;
}

/** The most that the api gives at once: the fewest requests for a whole list. */
const LARGEST_PAGE = 200;

/** Prints one page of a list, or with `--all` page after page, each as it comes. */
export async function printPages<Item extends object>(
  output: Output,
  definition: ListDefinition<Item>,
  options: PageOptions,
  fetchPage: (query: PageQuery) => Promise<Answer<Page<Item>>>,
): Promise<void> {
  const { all = false, limit = all ? LARGEST_PAGE : undefined } = options;
  const list = output.list(definition);
  let cursor = options.cursor ?? null;
  do {
    const { data } = await fetchPage({
      ...(cursor === null ? {} : { cursor }),
      ...(limit === undefined ? {} : { limit }),
    });
    await list.add(data.items);
    cursor = data.nextCursor;
  } while (all && cursor !== null);
  await list.end();
  if (cursor !== null) await output.note(`More follow: add --all, or --cursor ${cursor}`);
}
