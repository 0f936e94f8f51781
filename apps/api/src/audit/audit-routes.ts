import type { RouteDescription } from '../openapi/documented.js';
import { auditReportSchema } from './audit-report.js';
import { auditPageSchema } from './audit-view.js';

export const LIST: RouteDescription = {
  operationId: 'listAuditEvents',
  summary: "What was done with the client's records, newest first",
  answers: { 200: { description: 'A page.', schema: auditPageSchema } },
};

export const VERIFY: RouteDescription = {
  operationId: 'verifyAuditEvents',
  summary: 'Whether the audit trail is as it was written down',
  description:
    'Seals what has none yet and compares every event and seal. The body may be left out; with the `head` of an earlier report, kept elsewhere, it also finds a trail whose end was cut off.',
  answers: {
    200: {
      description: 'The report.',
      schema: auditReportSchema,
      example: {
        verified: true,
        seals: 2,
        events: 17,
        unsealedEvents: 0,
        faults: 0,
        firstFault: null,
        head: { seal: 2, digest: '9f'.repeat(32) },
      },
    },
  },
  bodyExamples: { whole: { summary: 'The whole trail', value: {} } },
};
