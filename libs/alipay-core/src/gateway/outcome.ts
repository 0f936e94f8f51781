import type { Charset } from '../charset/index.js';
import type { GatewayAnswer, JsonObject } from './answer.js';
import { failure, NO_FACTS, unknownOutcome } from './outcome-answer.js';
import { judgeContent, type ContentContext } from './outcome-content.js';
import { REASON_TEXTS } from './outcome-reasons.js';
import { trustIn, type AnswerVerifier } from './outcome-signature.js';
import { traceIdOfHeaders } from './outcome-trace.js';
import { decryptValue, type AnswerDecrypter } from './response-decrypt.js';
import { DEFAULT_MAX_DEPTH, scanResponse, type ScannedResponse } from './response-scanner.js';
import type { TransportResult } from './transport.js';

/** What must be known of a call to judge its answer. */
export interface JudgeContext extends ContentContext {
  /** The charset asked for. */
  charset: Charset;
  verify: AnswerVerifier;
  /** Opens an encrypted answer; without it one cannot be read. */
  decrypt?: AnswerDecrypter;
  /** Most levels of nesting; 64 by default. */
  maxDepth?: number;
  /** Most bytes of an answer, inclusive; 10,485,760 by default. */
  maxBytes?: number;
}

type HttpAnswer = Extract<TransportResult, { kind: 'response' }>;

/**
 * Says what became of a call, from nothing but what the transport brought back.
 *
 * Only a verified answer is believed. An unsigned or wrongly signed success is an unknown outcome whose bytes
 * are kept; any other unverified answer is an unknown outcome too, except an unsigned error that the gateway
 * cannot sign. Nothing that the gateway may send makes it throw.
 *
 * Source: interface document, public response parameters; the gateway's published error tables.
 */
export function judge(result: TransportResult, context: JudgeContext): GatewayAnswer {
  switch (result.kind) {
    case 'not-sent': {
      const { reason } = result;
      return failure(NO_FACTS, { outcome: 'not-sent', reason, ...REASON_TEXTS[reason] });
    }
    case 'no-answer':
      return unknownOutcome(NO_FACTS, result.reason);
    case 'response':
      return judgeResponse(result, context);
  }
}

function judgeResponse(
  { status, headers, body }: HttpAnswer,
  context: JudgeContext,
): GatewayAnswer {
  const envelope = { httpStatus: status, traceId: traceIdOfHeaders(headers) };
  if (status < 200 || status > 299) {
    return unknownOutcome({ ...NO_FACTS, ...envelope }, 'http-status', body);
  }

  const scanned = scanResponse(body, context);
  if (!scanned.ok) {
    const where = `${scanned.detail} (byte ${scanned.offset}).`;
    return unknownOutcome({ ...NO_FACTS, ...envelope }, scanned.reason, body, where);
  }
  const trust = trustIn(scanned, context.verify);
  const data = dataOf(scanned, context);
  if (data === null) {
    const facts = { ...NO_FACTS, ...envelope, verified: trust === 'verified' };
    const remark = 'It is encrypted and could not be opened.';
    return unknownOutcome(facts, 'malformed-response', body, remark);
  }
  return judgeContent({ data, trust, body }, envelope, context);
}

function dataOf({ value }: ScannedResponse, context: JudgeContext): JsonObject | null {
  if (typeof value !== 'string') return value;
  const { decrypt, charset, maxDepth = DEFAULT_MAX_DEPTH } = context;
  return decrypt === undefined ? null : decryptValue(value, decrypt, { charset, maxDepth });
}
