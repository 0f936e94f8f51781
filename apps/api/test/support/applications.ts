import type { Answer, TestApi } from './test-api.js';

/** The interface document's own example person, as a body of `POST /v1/authorizations`. */
export const EXAMPLE = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011311',
  name: '张三',
  mobile: '13588111111',
  linkedMerchantId: '2088721630869411',
  reference: 'crm-4711',
  consent: { reference: 'c-1', textVersion: '2026-01', grantedAt: '2026-11-24T08:00:00Z' },
};

let people = 0;

/** The ID number of an invented person: of this series, and with this number in it. Too long for a JavaScript number. */
export function certNoOf(series: string, person: number): string {
  return `3307011999${series}${String(person).padStart(7, '0')}`;
}

/** A body for a person whom no other test knows. */
export function someone(changes: Record<string, unknown> = {}) {
  people += 1;
  return { ...EXAMPLE, certNo: `33070119990102${String(people).padStart(4, '0')}`, ...changes };
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  traceId: string;
  authorizationId?: string;
  issues?: { field: string; code: string; message: string }[];
  gateway?: { code: string; subCode: string | null; class: string; solution: string };
}

export interface AuthorizationBody {
  id: string;
  status: string;
  reference: string | null;
  tokenType: string | null;
  gateway: { code: string | null; traceId: string | null; subCode?: string; class?: string };
  warnings: unknown[];
  createdAt: string;
  updatedAt: string;
}

/** Applies with an Idempotency-Key. */
export function apply<Body = AuthorizationBody & Problem>(
  api: TestApi,
  key: string,
  idempotencyKey: string,
  body: unknown,
): Promise<Answer<Body>> {
  return api.request<Body>('/v1/authorizations', {
    method: 'POST',
    key,
    headers: { 'idempotency-key': idempotencyKey },
    body,
  });
}
