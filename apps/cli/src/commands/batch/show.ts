import type { Batch, BatchItem } from '@zhimaper/api-client';
import type { Column, Fields } from '../../runtime/layout.js';
import type { Style } from '../../runtime/style.js';
import type { View } from '../../runtime/view.js';

/** A batch as a line of JSON has it: with the same members always. */
export function batchMembers(batch: Batch) {
  return {
    id: batch.id,
    status: batch.status,
    pauseReason: batch.pauseReason,
    lineCount: batch.lineCount,
    counts: batch.counts,
    retryAt: batch.retryAt,
    createdAt: batch.createdAt,
    updatedAt: batch.updatedAt,
    receivedAt: batch.receivedAt,
    endedAt: batch.endedAt,
  };
}

/** How many lines have this status. */
export function countOf({ counts }: Batch, status: BatchItem['status']): number {
  return counts[status] ?? 0;
}

/** How many lines have ended. */
export function doneOf(batch: Batch): number {
  return batch.lineCount - countOf(batch, 'waiting');
}

/** `440 authorized, 10 rejected`: how many lines ended in each way; empty where none has. */
export function endsOf({ counts }: Batch): string {
  return Object.entries(counts)
    .filter(([status, count]) => status !== 'waiting' && count > 0)
    .map(([status, count]) => `${grouped(count)} ${status}`)
    .join(', ');
}

/** A number for people: `12,000`. */
export function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

export function batchFields(batch: Batch, view: View): Fields {
  const { status, pauseReason, retryAt, receivedAt, endedAt } = batch;
  const time = (at: string | null) => at && view.time(at);
  return [
    ['id', batch.id],
    ['status', styleStatus(status, view.style) + (pauseReason === null ? '' : ` (${pauseReason})`)],
    ['lines', grouped(batch.lineCount)],
    ['waiting', grouped(countOf(batch, 'waiting'))],
    ['ended', endsOf(batch) || null],
    ['waits until', time(retryAt)],
    ['created', time(batch.createdAt)],
    ['received', time(receivedAt)],
    ['updated', time(batch.updatedAt)],
    ['ended at', time(endedAt)],
  ];
}

export function batchColumns(view: View): Column<Batch>[] {
  return [
    { heading: 'ID', value: ({ id }) => id },
    { heading: 'STATUS', value: ({ status }) => styleStatus(status, view.style) },
    { heading: 'LINES', value: ({ lineCount }) => String(lineCount) },
    { heading: 'WAITING', value: (batch) => String(countOf(batch, 'waiting')), rank: 4 },
    { heading: 'ENDED', value: (batch) => endsOf(batch) || null, flexible: true, rank: 3 },
    { heading: 'CREATED', value: ({ createdAt }) => view.time(createdAt), rank: 2 },
    { heading: 'UPDATED', value: ({ updatedAt }) => view.time(updatedAt), rank: 1 },
  ];
}

function styleStatus(status: Batch['status'], style: Style): string {
  if (status === 'completed') return style.green(status);
  return status === 'cancelled' || status === 'paused' ? style.red(status) : style.dim(status);
}
