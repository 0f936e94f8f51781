import { z } from 'zod';
import { pageOf } from '../http/cursor.js';
import type { Batch } from './batch.js';
import {
  BATCH_STATUSES,
  ENDED_LINE_STATUSES,
  LINE_STATUSES,
  PAUSE_REASONS,
  type LineStatus,
} from './batch-status.js';

const countsSchema = z
  .record(z.enum(LINE_STATUSES), z.int())
  .describe('How many lines are in which state; together they are all lines.');

/** A batch as its client sees it. */
export const batchViewSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(BATCH_STATUSES),
    pauseReason: z
      .enum(PAUSE_REASONS)
      .nullable()
      .describe(
        '`gateway-refused`: each further line would have failed as the last one did; an operator has to mend that before it goes on.',
      ),
    lineCount: z.int().describe('Those that were received so far.'),
    counts: countsSchema,
    retryAt: z.iso
      .datetime()
      .nullable()
      .describe(
        'Until when the batch waits, where the gateway, a limit or the budget asks for it.',
      ),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    receivedAt: z.iso.datetime().nullable().describe('When its last line was received.'),
    endedAt: z.iso
      .datetime()
      .nullable()
      .describe(
        'When its last line ended; of a cancelled one, when its last application was destroyed.',
      ),
  })
  .meta({ id: 'Batch' });

export type BatchView = z.output<typeof batchViewSchema>;

export const batchPageSchema = pageOf(batchViewSchema, 'BatchPage');

export function viewBatch(batch: Batch, now: Date): BatchView {
  const { notBefore } = batch;
  return {
    id: batch.id,
    status: batch.status,
    pauseReason: batch.pauseReason,
    lineCount: batch.lineCount,
    counts: viewCounts(batch),
    retryAt: notBefore && notBefore > now ? notBefore.toISOString() : null,
    createdAt: batch.createdAt.toISOString(),
    updatedAt: batch.updatedAt.toISOString(),
    receivedAt: batch.receivedAt?.toISOString() ?? null,
    endedAt: batch.endedAt?.toISOString() ?? null,
  };
}

function viewCounts({ lineCount, ended }: Batch): Record<LineStatus, number> {
  const counts = ENDED_LINE_STATUSES.map((status) => [status, ended[status] ?? 0] as const);
  const waiting = counts.reduce((left, [, lines]) => left - lines, lineCount);
  return { waiting, ...Object.fromEntries(counts) } as Record<LineStatus, number>;
}
