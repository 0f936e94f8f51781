import { errorMember } from '../../api/error-member.js';
import type { EmptyResult } from '../../runtime/session.js';
import { InvalidLines } from './file-failures.js';

const NO_BATCH = {
  id: null,
  status: null,
  pauseReason: null,
  lineCount: null,
  counts: null,
  retryAt: null,
  createdAt: null,
  updatedAt: null,
  receivedAt: null,
  endedAt: null,
};

export const noBatch: EmptyResult = (outcome, subCode, failure) => ({
  outcome,
  ...NO_BATCH,
  error: errorMember(outcome, subCode, failure),
});

/** The same in a list, whose lines have no outcome of their own. */
export const noListedBatch: EmptyResult = (outcome, subCode, failure) => ({
  ...NO_BATCH,
  error: errorMember(outcome, subCode, failure),
});

export const noSubmittedBatch: EmptyResult = (outcome, subCode, failure) => ({
  outcome,
  idempotencyKey: null,
  replayed: null,
  check: failure instanceof InvalidLines ? failure.check : null,
  ...NO_BATCH,
  error: errorMember(outcome, subCode, failure),
});

export const noItem: EmptyResult = (outcome, subCode, failure) => ({
  number: null,
  status: null,
  reference: null,
  authorizationId: null,
  code: null,
  issues: null,
  gateway: null,
  endedAt: null,
  error: errorMember(outcome, subCode, failure),
});
