import type { OutcomeClass } from '@zhimaper/alipay-core';
import type { Scope } from '../api-keys/scopes.js';
import type { AuthorizationStatus } from '../authorizations/authorization-status.js';
import type { RetainedKind } from '../retention/retention-rules.js';

/** What happened, and what is told of it beside whose it is: ids, counts and words of ours, never a person's data. */
interface AuditDetails {
  /** An application was written down, and its gateway call may begin. */
  'authorization.applied': { attemptId: string };
  /** What an application ended in was stored. */
  'authorization.settled': { attemptId: string; status: AuthorizationStatus };
  /** Someone said what an unknown outcome was. */
  'authorization.resolved': { status: AuthorizationStatus; source: 'spool' | 'quarantine' | null };
  'authorization.refreshed': { attemptId: string };
  /** The access token was given to the caller. */
  'authorization.revealed': Record<never, never>;
  /** All that was kept of the person was destroyed: of this authorisation, or of all of the person's. */
  'authorization.erased': { cause: 'request' | 'person'; formerStatus: AuthorizationStatus };
  /** All lines of a batch were received, and it begins. */
  'batch.received': { batchId: string; lines: number; invalid: number };
  'batch.paused': { batchId: string };
  'batch.resumed': { batchId: string };
  'batch.cancelled': { batchId: string };
  /** A person was erased from so many lines of a batch. */
  'batch.lines-erased': { batchId: string; lines: number };
  'api-key.created': { apiKeyId: string; scopes: readonly Scope[]; expiresAt: string | null };
  'api-key.revoked': { apiKeyId: string };
  /** The trail was compared with its seals. */
  'audit.verified': { verified: boolean; seals: number; events: number };
  /** Rows or files of one kind went that were kept long enough. */
  'retention.ran': { kind: RetainedKind; count: number };
  /** Cells of one column were encrypted anew. */
  'keys.rekeyed': { table: string; column: string; keyId: string; count: number };
}

export const AUDIT_ACTIONS = [
  'authorization.applied',
  'authorization.settled',
  'authorization.resolved',
  'authorization.refreshed',
  'authorization.revealed',
  'authorization.erased',
  'batch.received',
  'batch.paused',
  'batch.resumed',
  'batch.cancelled',
  'batch.lines-erased',
  'api-key.created',
  'api-key.revoked',
  'audit.verified',
  'retention.ran',
  'keys.rekeyed',
] as const satisfies readonly (keyof AuditDetails)[];

type AuditAction = keyof AuditDetails;

/** Who did it: a key, the configured administrator key, or the service on its own. */
export type AuditActor =
  { kind: 'api-key'; apiKeyId: string } | { kind: 'bootstrap' } | { kind: 'service' };

interface AnyAuditEvent<Action extends AuditAction> {
  action: Action;
  at: Date;
  actor: AuditActor;
  /** The client whose records it is about; null where it is about no client's. */
  clientId: string | null;
  authorizationId?: string;
  /** What the gateway's answer meant, where the event is about one. */
  outcome?: { class: OutcomeClass; subCode: string | null };
  details: AuditDetails[Action];
}

/** An event as the code that causes it tells it. */
export type AuditEvent = { [Action in AuditAction]: AnyAuditEvent<Action> }[AuditAction];
