import { stringify } from 'csv-stringify/sync';
import type { BatchItem } from './item-view.js';

/** The forms of a stream of items, by media type: what it begins with, and how items are written. */
export const ITEM_TEXTS = {
  'application/jsonl': { head: '', write: toJsonLines },
  'application/x-ndjson': { head: '', write: toJsonLines },
  'text/csv': {
    head: toCsv([csvHeader()]),
    write: (items: readonly BatchItem[]) => toCsv(items.map(toRow)),
  },
} as const;

export type ItemTextType = keyof typeof ITEM_TEXTS;

function toJsonLines(items: readonly BatchItem[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}

function csvHeader(): string[] {
  return [
    'number',
    'status',
    'reference',
    'authorizationId',
    'code',
    'gatewayCode',
    'gatewaySubCode',
    'gatewayClass',
    'traceId',
    'issues',
    'endedAt',
  ];
}

function toRow({
  number,
  status,
  reference,
  authorizationId,
  code,
  issues,
  gateway,
  endedAt,
}: BatchItem) {
  return [
    number,
    status,
    reference,
    authorizationId,
    code,
    gateway?.code,
    gateway?.subCode,
    gateway?.class,
    gateway?.traceId,
    issues.map((issue) => `${issue.field}:${issue.code}`).join(' '),
    endedAt,
  ];
}

/** A spreadsheet shows a field with a formula's first character as it is, and runs nothing. */
function toCsv(rows: readonly (readonly unknown[])[]): string {
  return stringify(rows as unknown[][], { escape_formulas: true });
}
