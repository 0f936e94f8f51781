/** An event as it is stored. */
export interface AuditRecord {
  id: string;
  at: Date;
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
