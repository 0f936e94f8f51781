import { z } from 'zod';
import type { Queue } from './queue.js';

const batchLines = z.strictObject({
  batchId: z.uuid(),
  /** Which of the workers that may be at the batch at the same time. */
  lane: z.int().min(0),
});

/** Turns at a batch's lines. */
export const BATCH_LINES: Queue<z.output<typeof batchLines>> = {
  name: 'batch-lines',
  payload: batchLines,
  keyOf: ({ batchId, lane }) => `${batchId}:${lane}`,
};

/** The names of all queues; the migration makes what a queue needs in the database. */
export const QUEUE_NAMES: readonly string[] = [BATCH_LINES.name];
