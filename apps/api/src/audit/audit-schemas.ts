import { z } from 'zod';
import { pageParameters } from '../http/cursor.js';
import { AUDIT_ACTIONS } from './audit-event.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Query of `GET /v1/audit-events`. */
export const auditListSchema = z.strictObject({
  action: z.enum(AUDIT_ACTIONS).optional().describe('Only events of this kind.'),
  authorizationId: z.uuid().optional().describe('Only events about this authorisation.'),
  apiKeyId: z.uuid().optional().describe('Only what this API key did.'),
  from: instant.optional().describe('Only events of this instant or later.'),
  to: instant.optional().describe('Only events before this instant.'),
  allClients: z
    .literal('true')
    .optional()
    .describe("Also other clients' events and the service's own; asks for the scope admin too."),
  ...pageParameters,
});

export type AuditListQuery = z.output<typeof auditListSchema>;

/** Body of `POST /v1/audit-events/verification`, which may be left out. */
export const auditVerificationSchema = z
  .strictObject({
    anchor: z
      .strictObject({
        seal: z.int().positive().describe("The seal's number."),
        digest: z.string().regex(/^[\da-f]{64}$/, 'must be 64 hexadecimal digits'),
      })
      .optional()
      .describe('The `head` of an earlier report, kept outside of the database.'),
  })
  .nullish();

export type AuditVerification = z.output<typeof auditVerificationSchema>;
