import type { ApiKey } from './api-key.entity.js';
import type { Scope } from './scopes.js';

/** An API key as callers see it. */
export interface ApiKeyView {
  id: string;
  name: string;
  clientId: string;
  clientName: string;
  displayPrefix: string;
  scopes: readonly Scope[];
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  createdAt: string;
}

export type IssuedApiKeyView = ApiKeyView & { key: string };

export function viewApiKey(apiKey: ApiKey): ApiKeyView {
  const { id, name, clientId, client, displayPrefix, scopes } = apiKey;
  return {
    id,
    name,
    clientId,
    clientName: client.name,
    displayPrefix,
    scopes,
    expiresAt: apiKey.expiresAt?.toISOString() ?? null,
    lastUsedAt: apiKey.lastUsedAt?.toISOString() ?? null,
    revokedAt: apiKey.revokedAt?.toISOString() ?? null,
    createdAt: apiKey.createdAt.toISOString(),
  };
}
