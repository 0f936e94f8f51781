import type { FailureClass } from '../errors/outcome-class.js';
import type { NoAnswerReason, NotSentReason } from './transport.js';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [member: string]: JsonValue;
}

/** Why a failure has the class it has, where the gateway's own code is not the whole story. */
export type FailureReason =
  | NotSentReason
  | NoAnswerReason
  /** The gateway refused, and its answer is verified (or is one of those that it cannot sign). */
  | 'gateway-error'
  /** Not 2xx: a proxy or an outage, not the gateway. */
  | 'http-status'
  /** Not a JSON object with the expected members, or one too deep. */
  | 'malformed-response'
  /** A root member twice: what is verified and what is returned could differ. */
  | 'repeated-member'
  | 'trailing-data'
  | 'missing-response-member'
  | 'unsigned-answer'
  | 'invalid-signature'
  /** Signed with a certificate that is not known and could not be taken on, or has expired. */
  | 'untrusted-certificate'
  /** Verified, but encrypted in a way that the configured key does not open: it may be a success. */
  | 'decryption-failed'
  /** Code 10000, verified, but without the members that make it one. */
  | 'incomplete-success'
  | 'unlisted-code';

interface AnswerBase {
  /** The gateway's `code`, or null where there was no readable answer. */
  code: string | null;
  msg: string | null;
  /** The gateway's `sub_code` as it came, prefix included. */
  subCode: string | null;
  /** The gateway's `sub_msg`, personal data and key material redacted. */
  subMsg: string | null;
  /** The gateway's `trace_id` (header or member), for Alipay's support. */
  traceId: string | null;
  /** Whether the answer carries Alipay's valid signature over the bytes as they came. */
  verified: boolean;
  /** HTTP's three digits; 200 also for the gateway's own errors. */
  httpStatus: number | null;
}

export interface GatewaySuccess extends AnswerBase {
  outcome: 'success';
  verified: true;
  /** The response member, parsed from exactly the bytes that were verified. Its text may hold secrets. */
  data: JsonObject;
}

export interface GatewayFailure extends AnswerBase {
  outcome: FailureClass;
  reason: FailureReason;
  /** What happened, in English. */
  description: string;
  /** What to do next, in English. */
  solution: string;
  /**
   * The answer's bytes where a success may be in them: an answer that is not believed, not readable, or without
   * a meaning in the catalogue.
   * Not enumerable, never printed. Encrypt it before it touches a disk.
   */
  rawBody: Uint8Array | null;
}

export type GatewayAnswer = GatewaySuccess | GatewayFailure;
