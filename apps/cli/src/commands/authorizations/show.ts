import type { Authorization } from '@zhimaper/api-client';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { Column, Fields } from '../../runtime/layout.js';
import type { Style } from '../../runtime/style.js';
import type { View } from '../../runtime/view.js';

type Status = Authorization['status'];

/** An authorisation as a line of JSON has it: with the same members always. */
export function authorizationMembers(authorization: Authorization) {
  const { gateway, resolution, reauthorizationRequired, reauthorizationReason } = authorization;
  return {
    id: authorization.id,
    status: authorization.status,
    reference: authorization.reference,
    tokenType: authorization.tokenType,
    subject: authorization.subject,
    linkedMerchantId: authorization.linkedMerchantId,
    consent: authorization.consent,
    gateway: {
      code: gateway.code,
      subCode: gateway.subCode ?? null,
      class: gateway.class ?? null,
      traceId: gateway.traceId,
    },
    warnings: authorization.warnings,
    resolution: resolution ?? null,
    reauthorizationRequired: reauthorizationRequired ?? false,
    reauthorizationReason: reauthorizationReason ?? null,
    createdAt: authorization.createdAt,
    updatedAt: authorization.updatedAt,
  };
}

/** How an application ended, as far as its state tells. */
export function outcomeOf({ status, gateway, resolution }: Authorization): CommandOutcome {
  switch (status) {
    case 'authorized':
      return 'success';
    case 'rejected':
      // What a person found out stands above what the gateway said when nobody knew.
      return resolution ? 'end-user' : (gateway.class ?? 'end-user');
    case 'failed':
      return gateway.class ?? 'not-sent';
    case 'unknown':
      return 'unknown-outcome';
    case 'abandoned':
    case 'erased':
      return 'conflict';
    case 'pending':
      return 'limited';
  }
}

/** An authorisation for people. */
export function authorizationFields(authorization: Authorization, view: View): Fields {
  const { subject, consent, gateway, warnings, resolution } = authorization;
  return [
    ['id', authorization.id],
    ['status', styleStatus(authorization.status, view.style)],
    ['reference', authorization.reference],
    ['person', subject && `${subject.name} ${subject.certNo} ${subject.mobile}`],
    ['merchant', authorization.linkedMerchantId],
    ['token type', authorization.tokenType],
    ['consent', `${consent.reference} (${consent.textVersion}, ${view.time(consent.grantedAt)})`],
    ['gateway', [gateway.code, gateway.subCode].filter(Boolean).join(' ') || null],
    ['trace id', gateway.traceId],
    ['warnings', warnings.map(({ field, code }) => `${field} ${code}`).join(', ') || null],
    ['resolution', resolution ? `${resolution.outcome}: ${resolution.note ?? '-'}` : null],
    ['ask again', authorization.reauthorizationReason ?? null],
    ['created', view.time(authorization.createdAt)],
    ['updated', view.time(authorization.updatedAt)],
  ];
}

export function authorizationColumns(view: View): Column<Authorization>[] {
  return [
    { heading: 'ID', value: ({ id }) => id },
    { heading: 'STATUS', value: ({ status }) => styleStatus(status, view.style) },
    { heading: 'REFERENCE', value: ({ reference }) => reference, flexible: true, rank: 5 },
    { heading: 'NAME', value: ({ subject }) => subject?.name ?? null, rank: 3 },
    { heading: 'MOBILE', value: ({ subject }) => subject?.mobile ?? null, rank: 4 },
    {
      heading: 'SUB-CODE',
      value: ({ gateway }) => gateway.subCode ?? null,
      flexible: true,
      rank: 2,
    },
    { heading: 'UPDATED', value: ({ updatedAt }) => view.time(updatedAt), rank: 1 },
  ];
}

function styleStatus(status: Status, style: Style): string {
  if (status === 'authorized') return style.green(status);
  return status === 'pending' || status === 'erased' ? style.dim(status) : style.red(status);
}
