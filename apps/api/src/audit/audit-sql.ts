import type { RowSetColumn } from '../database/row-set.js';
import type { AuditRecord } from './audit-record.entity.js';

type Column = [name: string, type: string, member: keyof AuditRecord];

const COLUMNS: readonly Column[] = [
  ['id', 'uuid', 'id'],
  ['at', 'timestamptz', 'at'],
  ['action', 'text', 'action'],
  ['actor', 'text', 'actor'],
  ['api_key_id', 'uuid', 'apiKeyId'],
  ['client_id', 'uuid', 'clientId'],
  ['authorization_id', 'uuid', 'authorizationId'],
  ['request_id', 'text', 'requestId'],
  ['outcome_class', 'text', 'outcomeClass'],
  ['sub_code', 'text', 'subCode'],
  ['details', 'jsonb', 'details'],
];

const TYPED_NAMES = [
  ...COLUMNS.map(([name, type]) => [name, type] as const),
  ['mac', 'bytea'] as const,
];

/** What to select so that a row of `audit_events` is an `AuditRecord`. */
export const AUDIT_RECORD_COLUMNS = COLUMNS.map(
  ([name, , member]) => `${name} AS "${member}"`,
).join(', ');

/**
 * SQL that writes an event, as a statement or as a part of the one that it describes: in that way it costs no round
 * trip and cannot be forgotten. The values are those of `AuditTrail.values`.
 *
 * @param after how many parameters of the statement stand before the event's
 * @param source a part of the statement with a row if the event happened; the event is written once a row
 * @example
 * const SQL = `WITH gone AS (DELETE … RETURNING id) ${insertAuditEvent(1, 'gone')}`;
 * await manager.query(SQL, [id, ...auditTrail.values(event)]);
 */
export function insertAuditEvent(after: number, source?: string): string {
  const names = TYPED_NAMES.map(([name]) => name);
  const values = TYPED_NAMES.map(([, type], at) => `$${after + at + 1}::${type}`);
  const insert = `INSERT INTO audit_events (${names.join(', ')}) SELECT ${values.join(', ')}`;
  return source === undefined ? insert : `${insert} FROM ${source}`;
}

const GROUP_PREFIX = 'event_';

/** The columns of events in a set of rows, of whose rows each has the values of its event. */
export function auditEventColumns<Row>(
  valuesOf: (row: Row) => readonly unknown[],
): RowSetColumn<Row>[] {
  return TYPED_NAMES.map(([name, type], at): RowSetColumn<Row> => {
    return [GROUP_PREFIX + name, type, (row) => valuesOf(row)[at]];
  });
}

/** SQL that writes the events of a set of rows with `auditEventColumns`. */
export function insertAuditEvents(source: string): string {
  const names = TYPED_NAMES.map(([name]) => name);
  const values = names.map((name) => GROUP_PREFIX + name);
  return `INSERT INTO audit_events (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${source}`;
}

/** The values of an event, in the order of `insertAuditEvent`. */
export function auditEventValues(record: AuditRecord, mac: Buffer): unknown[] {
  return [...COLUMNS.map(([, , member]) => record[member]), mac];
}
