import type { ApiKey } from '@zhimaper/api-client';
import type { Column } from '../../runtime/layout.js';
import type { View } from '../../runtime/view.js';

export function apiKeyColumns(view: View, now: Date): Column<ApiKey>[] {
  const time = (at: string | null) => (at === null ? null : view.time(at));
  return [
    { heading: 'ID', value: ({ id }) => id },
    { heading: 'NAME', value: ({ name }) => name, flexible: true },
    { heading: 'CLIENT', value: ({ clientName }) => clientName, flexible: true, rank: 5 },
    { heading: 'KEY', value: ({ displayPrefix }) => `${displayPrefix}…`, rank: 3 },
    { heading: 'STATE', value: (apiKey) => stateOf(apiKey, now) },
    { heading: 'EXPIRES', value: ({ expiresAt }) => time(expiresAt), rank: 2 },
    { heading: 'LAST USED', value: ({ lastUsedAt }) => time(lastUsedAt), rank: 1 },
    { heading: 'SCOPES', value: ({ scopes }) => scopes.join(','), flexible: true, rank: 4 },
  ];
}

function stateOf({ revokedAt, expiresAt }: ApiKey, now: Date): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && new Date(expiresAt) <= now ? 'expired' : 'active';
}
