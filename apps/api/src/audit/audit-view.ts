import type { AuditRecord } from './audit-record.entity.js';

/** An event as callers see it. Every member is always there; null stands for nothing. */
export interface AuditEventView {
  id: string;
  at: string;
  action: string;
  actor: string;
  apiKeyId: string | null;
  clientId: string | null;
  authorizationId: string | null;
  requestId: string | null;
  outcomeClass: string | null;
  subCode: string | null;
  details: Readonly<Record<string, unknown>>;
}

export function viewAuditEvent({ id, at, details, ...rest }: AuditRecord): AuditEventView {
  return { id, at: at.toISOString(), ...rest, details };
}
