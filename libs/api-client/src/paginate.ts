import type { Answer } from './answer-of.js';

interface Page<Item> {
  items: readonly Item[];
  nextCursor: string | null;
}

/**
 * Walks through a list, page after page, each fetched only when it is needed.
 *
 * @param fetchPage gets the cursor of the page to fetch; undefined for the first
 *
 * @example
 * const pages = (cursor?: string) =>
 *   answerOf(api.GET('/v1/authorizations', { params: { query: { status: 'unknown', ...(cursor && { cursor }) } } }));
 * for await (const authorization of paginate(pages)) console.log(authorization.id);
 */
export async function* paginate<Item>(
  fetchPage: (cursor: string | undefined) => Promise<Answer<Page<Item>>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const { data } = await fetchPage(cursor);
    yield* data.items;
    cursor = data.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
