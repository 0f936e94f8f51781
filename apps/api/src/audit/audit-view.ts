import { z } from 'zod';
import { pageOf } from '../http/cursor.js';
import type { AuditRecord } from './audit-record.entity.js';

/** An event as callers see it. Every member is always there; null stands for nothing. */
const auditEventViewSchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    action: z.string(),
    actor: z.string().describe('`api-key`, `bootstrap` (the administrator key) or `service`.'),
    apiKeyId: z.uuid().nullable(),
    clientId: z.uuid().nullable(),
    authorizationId: z.uuid().nullable(),
    requestId: z.string().nullable(),
    outcomeClass: z.string().nullable(),
    subCode: z.string().nullable(),
    details: z.record(z.string(), z.unknown()).describe('More of this kind of event.'),
  })
  .meta({ id: 'AuditEvent' });

export type AuditEventView = z.output<typeof auditEventViewSchema>;

export const auditPageSchema = pageOf(auditEventViewSchema, 'AuditEventPage');

export function viewAuditEvent({ id, at, details, ...rest }: AuditRecord): AuditEventView {
  return { id, at: at.toISOString(), ...rest, details };
}
