import type { OutcomeClass } from '@zhimaper/alipay-core';
import type { AuthorizationStatus } from './authorization-status.js';
import type { Authorization, AuthorizationWarning } from './authorization.entity.js';
import type { NoteCells } from './note-cells.js';
import type { ResolutionOutcome } from './resolution-schema.js';

/** What the gateway said last; the sub-code and its class only where it did not grant the authorisation. */
interface GatewayView {
  code: string | null;
  traceId: string | null;
  subCode?: string | null;
  class?: OutcomeClass;
}

/** What a person decided, where nobody knew the outcome. */
interface ResolutionView {
  outcome: ResolutionOutcome;
  note: string | null;
  resolvedAt: string;
}

/** The person, masked. */
interface SubjectView {
  certType: string;
  certNo: string;
  name: string;
  mobile: string;
}

/** An authorisation as its client sees it. Every member but the last is always there; null stands for nothing. */
export interface AuthorizationView {
  id: string;
  status: AuthorizationStatus;
  reference: string | null;
  tokenType: string | null;
  subject: SubjectView | null;
  linkedMerchantId: string | null;
  consent: { reference: string; textVersion: string; grantedAt: string };
  gateway: GatewayView;
  warnings: readonly AuthorizationWarning[];
  createdAt: string;
  updatedAt: string;
  resolution?: ResolutionView;
}

/** @param notes opens the note of a resolution */
export function viewAuthorization(
  authorization: Authorization,
  notes: Pick<NoteCells, 'noteOf'>,
): AuthorizationView {
  const { id, status, reference, tokenType, linkedMerchantId } = authorization;
  const { resolution: outcome, resolvedAt } = authorization;
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
