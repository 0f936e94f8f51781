import { z } from 'zod';
import type { Queue } from './queue.js';

const batchLines = z.strictObject({
  batchId: z.uuid(),
  fromLine: z.int().positive(),
  /** Included. */
  toLine: z.int().positive(),
});

/** Lines of a batch that are to be applied for. */
export const BATCH_LINES: Queue<z.output<typeof batchLines>> = {
  name: 'batch-lines',
  payload: batchLines,
  keyOf: ({ batchId, fromLine }) => `${batchId}:${fromLine}`,
};

/** The names of all queues; the migration makes what a queue needs in the database. */
export const QUEUE_NAMES: readonly string[] = [BATCH_LINES.name];
