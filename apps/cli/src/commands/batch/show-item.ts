import type { BatchItem } from '@zhimaper/api-client';
import type { Column } from '../../runtime/layout.js';
import type { View } from '../../runtime/view.js';

/** A line of a batch as a line of JSON has it: with the same members always. */
export function itemMembers(item: BatchItem) {
  return {
    number: item.number,
    status: item.status,
    reference: item.reference,
    authorizationId: item.authorizationId,
    code: item.code,
    issues: item.issues,
    gateway: item.gateway,
    endedAt: item.endedAt,
  };
}

export function itemColumns(view: View): Column<BatchItem>[] {
  return [
    { heading: 'NUMBER', value: ({ number }) => String(number) },
    { heading: 'STATUS', value: ({ status }) => styled(status, view) },
    { heading: 'REFERENCE', value: ({ reference }) => reference, flexible: true, rank: 3 },
    { heading: 'AUTHORISATION', value: ({ authorizationId }) => authorizationId, rank: 4 },
    { heading: 'ENDED', value: ({ endedAt }) => endedAt && view.time(endedAt), rank: 2 },
    { heading: 'WHY', value: whyOf, flexible: true, wraps: true },
  ];
}

function whyOf({ code, gateway, issues }: BatchItem): string | null {
  const found = issues.map((issue) => `${issue.field} ${issue.code}`);
  return (
    [
      ...(code === null ? [] : [code]),
      ...(gateway?.subCode ? [gateway.subCode] : []),
      ...found,
    ].join(', ') || null
  );
}

function styled(status: BatchItem['status'], { style }: View): string {
  if (status === 'authorized') return style.green(status);
  return status === 'waiting' ? style.dim(status) : style.red(status);
}
