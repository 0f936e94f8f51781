import type { FailureClass } from '../errors/outcome-class.js';
import { withMaskedViews } from '../redaction/index.js';
import type { FailureReason, GatewayFailure, GatewaySuccess, JsonObject } from './answer.js';
import { REASON_TEXTS } from './outcome-reasons.js';
import { maskedMembers } from './response-masks.js';

/** What an answer says of itself, whatever it means. */
export type AnswerFacts = Omit<
  GatewayFailure,
  'outcome' | 'reason' | 'description' | 'solution' | 'rawBody'
>;

/** What is known where there is no answer at all. */
export const NO_FACTS: AnswerFacts = {
  code: null,
  msg: null,
  subCode: null,
  subMsg: null,
  traceId: null,
  verified: false,
  httpStatus: null,
};

interface FailureParts {
  outcome: FailureClass;
  reason: FailureReason;
  description: string;
  solution: string;
  rawBody?: Uint8Array;
}

/** A failure, which prints everything but its bytes. */
export function failure(facts: AnswerFacts, parts: FailureParts): GatewayFailure {
  const { rawBody = null, ...rest } = parts;
  const answer: GatewayFailure = { ...facts, ...rest, rawBody };
  // A getter, so that even an inspection of hidden members shows no bytes.
  return Object.defineProperty(answer, 'rawBody', { get: () => rawBody, enumerable: false });
}

/** An outcome that nobody knows: it never repeats by itself. `remark` adds to what the reason says. */
export function unknownOutcome(
  facts: AnswerFacts,
  reason: Exclude<FailureReason, 'gateway-error'>,
  rawBody?: Uint8Array,
  remark: string | null = null,
): GatewayFailure {
  const { description, solution } = REASON_TEXTS[reason];
  return failure(facts, {
    outcome: 'unknown-outcome',
    reason,
    description: remark === null ? description : `${description} ${remark}`,
    solution,
    ...(rawBody === undefined ? {} : { rawBody }),
  });
}

/**
 * A verified success. Its data may hold tokens, so only the names of its members are printed.
 *
 * Spelled out, since every successful call pays for it: spreading `facts` takes many times as long.
 */
export function success(facts: AnswerFacts, data: JsonObject): GatewaySuccess {
  return {
    outcome: 'success',
    code: facts.code,
    msg: facts.msg,
    subCode: facts.subCode,
    subMsg: facts.subMsg,
    traceId: facts.traceId,
    verified: true,
    httpStatus: facts.httpStatus,
    data: withMaskedViews(data, () => maskedMembers(data)),
  };
}
