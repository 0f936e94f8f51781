/** Every scope that an API key may have. */
export const SCOPES = ["authorizations:write","authorizations:read","tokens:read","tokens:refresh","authorizations:resolve","authorizations:erase","batches:write","batches:read","audit:read","admin"] as const;

/** Every status of an authorisation. */
export const AUTHORIZATION_STATUSES = ["pending","authorized","rejected","failed","unknown","abandoned","erased"] as const;

/** Every way to resolve an unknown outcome. */
export const RESOLUTION_OUTCOMES = ["rejected","abandoned","adopted"] as const;

/** Every status of a batch. */
export const BATCH_STATUSES = ["receiving","running","paused","completed","cancelled"] as const;

/** Every status of a line of a batch. */
export const LINE_STATUSES = ["waiting","authorized","rejected","failed","unknown","abandoned","erased","refused","invalid","cancelled"] as const;

/** Every action that the audit trail tells of. */
export const AUDIT_ACTIONS = ["authorization.applied","authorization.settled","authorization.resolved","authorization.refreshed","authorization.revealed","authorization.erased","batch.received","batch.paused","batch.resumed","batch.cancelled","batch.lines-erased","api-key.created","api-key.revoked","audit.verified","retention.ran","keys.rekeyed"] as const;
