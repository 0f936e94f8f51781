import { z } from 'zod';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../../http/cursor.js';
import { LINE_STATUSES } from '../batch-status.js';

const MOST_LINES = 1_000_000;

/** Query of `GET /v1/batches/{id}/items`. */
export const itemListSchema = z.strictObject({
  status: z.enum(LINE_STATUSES).optional().describe('Only those of this status.'),
  cursor: z
    .string()
    .regex(/^\d{1,7}$/, 'is not the number of a line')
    .transform(Number)
    .optional()
    .describe(
      'Only lines after this one: `nextCursor` of the page before, or the last `number` of a stream.',
    )
    .meta({ openapi: { type: 'string', pattern: '^\\d{1,7}$' } }),
  limit: z
    .string()
    .regex(/^\d{1,7}$/, { error: `must be a whole number from 1 to ${MOST_LINES}`, abort: true })
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MOST_LINES, {
      error: `must be a whole number from 1 to ${MOST_LINES}`,
    })
    .optional()
    .describe(
      `Most items to answer: of a page ${DEFAULT_PAGE} by default and at most ${LARGEST_PAGE}, of a stream all of them by default.`,
    )
    .meta({ openapi: { type: 'integer', minimum: 1, maximum: MOST_LINES } }),
});

export type ItemListQuery = z.output<typeof itemListSchema>;

/** How many items a page has. A larger page is asked for as a stream. */
export function pageSizeOf({ limit = DEFAULT_PAGE }: ItemListQuery): number {
  return Math.min(limit, LARGEST_PAGE);
}
