import type { AuditRecord } from './audit-record.js';

type Column = [name: string, type: string, value: (record: AuditRecord) => unknown];

const COLUMNS: readonly Column[] = [
  ['id', 'uuid', (record) => record.id],
  ['at', 'timestamptz', (record) => record.at],
  ['action', 'text', (record) => record.action],
  ['actor', 'text', (record) => record.actor],
  ['api_key_id', 'uuid', (record) => record.apiKeyId],
  ['client_id', 'uuid', (record) => record.clientId],
  ['authorization_id', 'uuid', (record) => record.authorizationId],
  ['request_id', 'text', (record) => record.requestId],
  ['outcome_class', 'text', (record) => record.outcomeClass],
  ['sub_code', 'text', (record) => record.subCode],
  ['details', 'jsonb', (record) => JSON.stringify(record.details)],
];

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
  const names = [...COLUMNS.map(([name]) => name), 'mac'];
  const types = [...COLUMNS.map(([, type]) => type), 'bytea'];
  const values = types.map((type, at) => `$${after + at + 1}::${type}`);
  return `INSERT INTO audit_events (${names.join(', ')}) SELECT ${values.join(', ')}${source === undefined ? '' : ` FROM ${source}`}`;
}

/** The values of an event, in the order of `insertAuditEvent`. */
export function auditEventValues(record: AuditRecord, mac: Buffer): unknown[] {
  return [...COLUMNS.map(([, , value]) => value(record)), mac];
}
