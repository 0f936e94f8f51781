import type { AuditEvent } from '@zhimaper/api-client';
import type { Column } from '../../runtime/layout.js';
import type { View } from '../../runtime/view.js';

export function auditColumns(view: View): Column<AuditEvent>[] {
  return [
    { heading: 'AT', value: ({ at }) => view.time(at) },
    { heading: 'ACTION', value: ({ action }) => action },
    { heading: 'ACTOR', value: ({ actor }) => actor, rank: 4 },
    { heading: 'API KEY', value: ({ apiKeyId }) => apiKeyId, rank: 1 },
    { heading: 'AUTHORISATION', value: ({ authorizationId }) => authorizationId, rank: 2 },
    { heading: 'OUTCOME', value: ({ outcomeClass }) => outcomeClass, rank: 5 },
    { heading: 'SUB-CODE', value: ({ subCode }) => subCode, flexible: true, rank: 3 },
  ];
}
