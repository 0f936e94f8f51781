import { z } from 'zod';
import { pageParameters } from '../http/cursor.js';
import { BATCH_STATUSES } from './batch-status.js';

/** Query of `GET /v1/batches`. */
export const batchListSchema = z.strictObject({
  status: z.enum(BATCH_STATUSES).optional().describe('Only those of this status.'),
  ...pageParameters,
});

export type BatchListQuery = z.output<typeof batchListSchema>;
