import { OUTCOME_CLASSES } from '@zhimaper/alipay-core';
import { z } from 'zod';
import { pageOf } from '../http/cursor.js';
import { AUTHORIZATION_STATUSES } from './authorization-status.js';
import type { Authorization } from './authorization.entity.js';
import type { NoteCells } from './note-cells.js';
import { RESOLUTION_OUTCOMES } from './resolution-schema.js';

/** The person, masked. */
const subjectSchema = z.object({
  certType: z.string(),
  certNo: z.string(),
  name: z.string(),
  mobile: z.string(),
});

type SubjectView = z.output<typeof subjectSchema>;

const gatewaySchema = z
  .object({
    code: z.string().nullable(),
    traceId: z.string().nullable().describe("Alipay's own id of the call."),
    subCode: z.string().nullable().exactOptional(),
    class: z.enum(OUTCOME_CLASSES).exactOptional(),
  })
  .describe('What the gateway said last; `subCode` and `class` only where it did not grant it.');

type GatewayView = z.output<typeof gatewaySchema>;

const resolutionViewSchema = z
  .object({
    outcome: z.enum(RESOLUTION_OUTCOMES),
    note: z.string().nullable().describe('Null once it is erased, or where it cannot be read.'),
    resolvedAt: z.iso.datetime(),
  })
  .describe('What a person decided, where nobody knew the outcome.');

/** An authorisation as its client sees it. Its last members stand only where they apply; of the others null stands for nothing. */
export const authorizationViewSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(AUTHORIZATION_STATUSES),
    reference: z.string().nullable(),
    tokenType: z.string().nullable().describe('`permanent`, or null where the expiry is unknown.'),
    subject: subjectSchema
      .nullable()
      .describe('The person, masked; null once nothing of it is kept.'),
    linkedMerchantId: z.string().nullable(),
    consent: z.object({
      reference: z.string(),
      textVersion: z.string(),
      grantedAt: z.iso.datetime(),
    }),
    gateway: gatewaySchema,
    warnings: z
      .array(z.object({ field: z.string(), code: z.string() }))
      .describe("What was unlikely about the person's data but was sent."),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    reauthorizationRequired: z
      .literal(true)
      .exactOptional()
      .describe('Only where a refresh was lost: nobody knows whether the token pair still lives.'),
    reauthorizationReason: z.string().exactOptional().describe('Why it was lost.'),
    resolution: resolutionViewSchema.exactOptional(),
  })
  .meta({ id: 'Authorization' });

export type AuthorizationView = z.output<typeof authorizationViewSchema>;

export const authorizationPageSchema = pageOf(authorizationViewSchema, 'AuthorizationPage');

/** @param notes opens the note of a resolution */
export function viewAuthorization(
  authorization: Authorization,
  notes: Pick<NoteCells, 'noteOf'>,
): AuthorizationView {
  const { id, status, reference, tokenType, linkedMerchantId } = authorization;
  const { resolution: outcome, resolvedAt, reauthorizationReason } = authorization;
  return {
    id,
    status,
    reference,
    tokenType,
    subject: viewSubject(authorization),
    linkedMerchantId,
    consent: {
      reference: authorization.consentReference,
      textVersion: authorization.consentTextVersion,
      // As callers write it: whole seconds without a fraction.
      grantedAt: authorization.consentGrantedAt.toISOString().replace('.000Z', 'Z'),
    },
    gateway: viewGateway(authorization),
    // A jsonb column keeps no order of members.
    warnings: authorization.warnings.map(({ field, code }) => ({ field, code })),
    createdAt: authorization.createdAt.toISOString(),
    updatedAt: authorization.updatedAt.toISOString(),
    ...(reauthorizationReason === null
      ? {}
      : { reauthorizationRequired: true, reauthorizationReason }),
    ...(outcome && resolvedAt
      ? {
          resolution: {
            outcome,
            note: notes.noteOf(authorization),
            resolvedAt: resolvedAt.toISOString(),
          },
        }
      : {}),
  };
}

function viewSubject(authorization: Authorization): SubjectView | null {
  const { certType, certNoMasked, nameMasked, mobileMasked } = authorization;
  if (certNoMasked === null || nameMasked === null || mobileMasked === null) return null;
  return { certType, certNo: certNoMasked, name: nameMasked, mobile: mobileMasked };
}

function viewGateway(authorization: Authorization): GatewayView {
  const { outcomeClass, gatewayCode: code, gatewayTraceId: traceId } = authorization;
  if (outcomeClass === null || outcomeClass === 'success') return { code, traceId };
  return { code, traceId, subCode: authorization.gatewaySubCode, class: outcomeClass };
}
