import { z } from 'zod';

/** The row that a page ended with. Lists are ordered by creation, newest first, then by id. */
export interface Position {
  createdAt: Date;
  id: string;
}

export const DEFAULT_PAGE = 50;
export const LARGEST_PAGE = 200;

const position = z.tuple([z.iso.datetime(), z.uuid()]);

/** The query parameters of every list: an opaque cursor, and how many items to answer. */
export const pageParameters = {
  cursor: z
    .string()
    .max(200)
    .transform((text, context) => {
      const parsed = decodeCursor(text);
      if (parsed) return parsed;
      context.addIssue({ code: 'custom', message: 'is not a cursor of this list' });
      return z.NEVER;
    })
    .optional()
    .describe('`nextCursor` of the page before.'),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, { error: `must be a whole number from 1 to ${LARGEST_PAGE}`, abort: true })
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= LARGEST_PAGE, {
      error: `must be a whole number from 1 to ${LARGEST_PAGE}`,
    })
    .prefault(String(DEFAULT_PAGE))
    .describe('Most items to answer.')
    .meta({
      openapi: { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE },
    }),
};

/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  /** Where the next page begins; null on the last one. */
  nextCursor: string | null;
}

/**
 * The schema of a page of such items.
 *
 * @param id of the schema in the OpenAPI document
 */
export function pageOf<Item>(item: z.ZodType<Item>, id: string): z.ZodType<Page<Item>> {
  return z
    .object({
      items: z.array(item),
      nextCursor: z.string().nullable().describe('Where the next page begins; null on the last.'),
    })
    .meta({ id });
}

/**
 * Cuts a page out of rows that were asked for with one more than the page holds.
 *
 * @param rows at most `limit + 1`, in the list's order
 */
export function toPage<Row extends Position, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = last && rows.length > limit ? encodeCursor(last) : null;
  return { items: shown.map(toItem), nextCursor };
}

function encodeCursor({ createdAt, id }: Position): string {
  return Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString('base64url');
}

function decodeCursor(text: string): Position | null {
  try {
    const [createdAt, id] = position.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    return { createdAt: new Date(createdAt), id };
  } catch {
    return null;
  }
}
