import type { RouteDescription } from '../openapi/documented.js';
import { apiKeyPageSchema, issuedApiKeyViewSchema, type ApiKeyView } from './api-key-view.js';

const EXAMPLE_KEY: ApiKeyView = {
  id: '0193579b-df00-7000-8000-000000000002',
  name: 'crm-2026',
  clientId: '0193579b-df00-7000-8000-000000000003',
  clientName: 'crm',
  displayPrefix: 'zma_0Qxh3w',
  scopes: ['authorizations:write', 'authorizations:read'],
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  createdAt: '2026-11-24T08:00:00.000Z',
};

export const ISSUE: RouteDescription = {
  operationId: 'issueApiKey',
  summary: 'Issues an API key',
  description:
    'The key belongs to the client that `clientId` or `clientName` names, otherwise to the client of its own name.',
  answers: {
    201: {
      description: 'The key, shown this once.',
      schema: issuedApiKeyViewSchema,
      example: { ...EXAMPLE_KEY, key: 'zma_0Qxh3w…' },
    },
  },
  bodyExamples: {
    client: {
      summary: 'A key that may apply and read',
      value: { name: 'crm-2026', clientName: 'crm', scopes: EXAMPLE_KEY.scopes },
    },
  },
};

export const LIST: RouteDescription = {
  operationId: 'listApiKeys',
  summary: 'The API keys of every client, newest first, revoked ones included',
  answers: {
    200: {
      description: 'A page.',
      schema: apiKeyPageSchema,
      example: { items: [EXAMPLE_KEY], nextCursor: null },
    },
  },
};

export const REVOKE: RouteDescription = {
  operationId: 'revokeApiKey',
  summary: 'Revokes an API key, at once and for ever',
  answers: { 204: { description: 'Revoked, now or before.' } },
};
