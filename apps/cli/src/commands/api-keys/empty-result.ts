import { errorMember } from '../../api/error-member.js';
import type { EmptyResult } from '../../runtime/session.js';

const NO_API_KEY = {
  id: null,
  name: null,
  clientId: null,
  clientName: null,
  displayPrefix: null,
  scopes: null,
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  createdAt: null,
};

export const noIssuedApiKey: EmptyResult = (outcome, subCode, failure) => ({
  outcome,
  ...NO_API_KEY,
  key: null,
  error: errorMember(outcome, subCode, failure),
});

/** In a list, whose lines have no outcome of their own. */
export const noListedApiKey: EmptyResult = (outcome, subCode, failure) => ({
  ...NO_API_KEY,
  error: errorMember(outcome, subCode, failure),
});

export const noRevocation: EmptyResult = (outcome, subCode, failure) => ({
  outcome,
  id: null,
  error: errorMember(outcome, subCode, failure),
});
