import { z } from 'zod';
import { pageParameters } from '../http/cursor.js';
import { label } from '../http/label.js';
import { SCOPES } from './scopes.js';

/** Body of `POST /v1/api-keys`. */
export const newApiKeySchema = z
  .strictObject({
    name: label(64).describe('What people call the key.'),
    clientId: z.uuid().optional().describe('The client that the key belongs to.'),
    clientName: label(64)
      .optional()
      .describe('The same by name; a client of that name is made if there is none.'),
    scopes: z
      .array(z.enum(SCOPES))
      .min(1)
      .refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice')
      .describe('What the key may do.'),
    expiresAt: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .optional()
      .describe('When the key stops working; without it, never.'),
  })
  .refine((body) => body.clientId === undefined || body.clientName === undefined, {
    path: ['clientName'],
    error: 'cannot stand beside clientId',
  });

export type NewApiKey = z.output<typeof newApiKeySchema>;

/** Query of `GET /v1/api-keys`. */
export const apiKeyListSchema = z.strictObject(pageParameters);

export type ApiKeyListQuery = z.output<typeof apiKeyListSchema>;
