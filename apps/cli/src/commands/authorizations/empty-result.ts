import { errorMember } from '../../api/error-member.js';
import type { EmptyResult } from '../../runtime/session.js';

const NO_AUTHORIZATION = {
  id: null,
  status: null,
  reference: null,
  tokenType: null,
  subject: null,
  linkedMerchantId: null,
  consent: null,
  gateway: null,
  warnings: null,
  resolution: null,
  reauthorizationRequired: null,
  reauthorizationReason: null,
  createdAt: null,
  updatedAt: null,
};

/** The line in place of an authorisation, with what the command adds in front of it. */
export function noAuthorization(...added: ('idempotencyKey' | 'replayed')[]): EmptyResult {
  const nulls = Object.fromEntries(added.map((name) => [name, null]));
  return (outcome, subCode, failure) => ({
    outcome,
    ...nulls,
    ...NO_AUTHORIZATION,
    error: errorMember(outcome, subCode, failure),
  });
}

/** The same in a list, whose lines have no outcome of their own. */
export const noListedAuthorization: EmptyResult = (outcome, subCode, failure) => ({
  ...NO_AUTHORIZATION,
  error: errorMember(outcome, subCode, failure),
});

export const noToken: EmptyResult = (outcome, subCode, failure) => ({
  outcome,
  accessToken: null,
  tokenType: null,
  obtainedAt: null,
  error: errorMember(outcome, subCode, failure),
});

export const noErasure: EmptyResult = (outcome, subCode, failure) => ({
  outcome,
  id: null,
  erased: null,
  lines: null,
  inFlight: null,
  error: errorMember(outcome, subCode, failure),
});
