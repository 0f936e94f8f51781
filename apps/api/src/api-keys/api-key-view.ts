import { z } from 'zod';
import { pageOf } from '../http/cursor.js';
import type { ApiKey } from './api-key.entity.js';
import { SCOPES } from './scopes.js';

/** An API key as callers see it. */
const apiKeyViewSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    clientId: z.uuid(),
    clientName: z.string(),
    displayPrefix: z.string().describe('The first characters of the key.'),
    scopes: z.array(z.enum(SCOPES)),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable().describe('To the minute.'),
    revokedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ApiKey' });

export type ApiKeyView = z.output<typeof apiKeyViewSchema>;

export const apiKeyPageSchema = pageOf(apiKeyViewSchema, 'ApiKeyPage');

export const issuedApiKeyViewSchema = apiKeyViewSchema
  .extend({ key: z.string().describe('The key itself; it cannot be had again.') })
  .meta({ id: 'IssuedApiKey' });

export type IssuedApiKeyView = z.output<typeof issuedApiKeyViewSchema>;

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
