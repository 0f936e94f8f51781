/** What an API key may be allowed to do. */
export const SCOPES = [
  'authorizations:write',
  'authorizations:read',
  'tokens:read',
  'tokens:refresh',
  'authorizations:resolve',
  'authorizations:erase',
  'batches:write',
  'batches:read',
  'audit:read',
  'admin',
] as const;

export type Scope = (typeof SCOPES)[number];
