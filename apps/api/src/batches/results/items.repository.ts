import { Inject, Injectable } from '@nestjs/common';
import type { OutcomeClass } from '@zhimaper/alipay-core';
import { DataSource } from 'typeorm';
import type { LineStatus } from '../batch-status.js';
import type { BatchItem } from './item-view.js';

/** So many lines are looked at by one statement, which is quick however large the batch is. */
const LINES_AT_ONCE = 1_000;

interface ItemRow {
  number: number;
  status: LineStatus;
  reference: string | null;
  authorizationId: string | null;
  code: string | null;
  issues: BatchItem['issues'] | null;
  endedAt: Date | null;
  gatewayCode: string | null;
  gatewaySubCode: string | null;
  gatewayClass: OutcomeClass | null;
  gatewayTraceId: string | null;
}

const FIND_ITEMS = `
  SELECT l.number, l.status, l.reference, l.authorization_id AS "authorizationId", l.code, l.issues,
    l.ended_at AS "endedAt", a.gateway_code AS "gatewayCode", a.gateway_sub_code AS "gatewaySubCode",
    a.outcome_class AS "gatewayClass", a.gateway_trace_id AS "gatewayTraceId"
  FROM batch_lines l LEFT JOIN authorizations a ON a.id = l.authorization_id
  WHERE l.batch_id = $1 AND l.number > $2 AND l.number <= $3 AND ($4::text IS NULL OR l.status = $4)
  ORDER BY l.number`;

/** Which lines of a batch are asked for. */
export interface ItemSelection {
  batchId: string;
  /** How many lines the batch has. */
  lineCount: number;
  /** The number of the line before the first one. */
  after: number;
  status: LineStatus | null;
}

/** Reads the lines of batches in their order. */
@Injectable()
export class ItemsRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Some items at a time, none read before they are asked for. */
  async *items({ batchId, lineCount, after, status }: ItemSelection) {
    for (let at = after; at < lineCount; at += LINES_AT_ONCE) {
      const rows = await this.dataSource.query<ItemRow[]>(FIND_ITEMS, [
        ...[batchId, at, at + LINES_AT_ONCE, status],
      ]);
      if (rows.length > 0) yield rows.map(toItem);
    }
  }
}

function toItem(row: ItemRow): BatchItem {
  return {
    number: row.number,
    status: row.status,
    reference: row.reference,
    authorizationId: row.authorizationId,
    code: row.code,
    issues: (row.issues ?? []).map(({ field, code }) => ({ field, code })),
    gateway: viewGateway(row),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

function viewGateway(row: ItemRow): BatchItem['gateway'] {
  if (row.gatewayCode === null && row.gatewayClass === null) return null;
  return {
    code: row.gatewayCode,
    subCode: row.gatewaySubCode,
    class: row.gatewayClass,
    traceId: row.gatewayTraceId,
  };
}
