import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../ids/new-id.js';
import { requestContext } from '../logging/request-context.js';
import type { AuditEvent } from './audit-event.js';
import { AuditKeys } from './audit-keys.js';
import type { AuditRecord } from './audit-record.entity.js';
import { auditEventValues, insertAuditEvent } from './audit-sql.js';

const INSERT = insertAuditEvent(0);

/** Writes events into the audit trail, each with the change that it describes or not at all. */
@Injectable()
export class AuditTrail {
  constructor(@Inject(AuditKeys) private readonly keys: AuditKeys) {}

  /** Writes an event in the transaction of its change. */
  async record(manager: EntityManager, event: AuditEvent): Promise<void> {
    await manager.query(INSERT, this.values(event));
  }

  /** The event as values for a statement that holds `insertAuditEvent`. */
  values(event: AuditEvent): unknown[] {
    const { action, at, actor, clientId, details } = event;
    const record: AuditRecord = {
      id: newId(),
      at,
      action,
      actor: actor.kind,
      apiKeyId: actor.kind === 'api-key' ? actor.apiKeyId : null,
      clientId,
      authorizationId: event.authorizationId ?? null,
      requestId: requestContext.getStore()?.requestId ?? null,
      outcomeClass: event.outcome?.class ?? null,
      subCode: event.outcome?.subCode ?? null,
      details,
    };
    return auditEventValues(record, this.keys.eventMac(record));
  }
}
