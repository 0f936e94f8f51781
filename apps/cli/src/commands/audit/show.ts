import type { AuditEvent } from '@zhimaper/api-client';
import type { Column } from '../../runtime/layout.js';
import type { View } from '../../runtime/view.js';

export function auditColumns(view: View): Column<AuditEvent>[] {
  return [
    { heading: 'AT', value: ({ at }) => view.time(at) },
    { heading: 'ACTION', value: ({ action }) => action },
    { heading: 'ACTOR', value: ({ actor }) => actor },
    { heading: 'API KEY', value: ({ apiKeyId }) => apiKeyId },
    { heading: 'AUTHORISATION', value: ({ authorizationId }) => authorizationId },
    { heading: 'OUTCOME', value: ({ outcomeClass }) => outcomeClass },
    { heading: 'SUB-CODE', value: ({ subCode }) => subCode, flexible: true },
  ];
}
