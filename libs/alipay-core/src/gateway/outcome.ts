import type { Charset } from '../charset/index.js';
import type { GatewayAnswer, JsonObject } from './answer.js';
import { failure, NO_FACTS, unknownOutcome } from './outcome-answer.js';
import { judgeContent, type ContentContext } from './outcome-content.js';
import { REASON_TEXTS } from './outcome-reasons.js';
import { trustIn, type AnswerTrust, type AnswerVerifier } from './outcome-signature.js';
import { traceIdOfHeaders } from './outcome-trace.js';
import { decryptValue, type AnswerDecrypter } from './response-decrypt.js';
import { DEFAULT_MAX_DEPTH, scanResponse } from './response-scanner.js';
import type { TransportResult } from './transport.js';

/** What must be known of a call to judge its answer. */
export interface JudgeContext extends ContentContext {
  /** The charset asked for. */
  charset: Charset;
  verify: AnswerVerifier;
  /**
   * Why an answer that names this certificate cannot be believed whatever its signature, as a sentence, or null. Not
   * asked about an answer without a signature.
   */
  refuseCertificate?: ((alipayCertSn: string | null) => string | null) | undefined;
  /** Opens an encrypted answer; without it one cannot be read. */
  decrypt?: AnswerDecrypter | undefined;
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
 * cannot sign. An encrypted answer is opened only once it is verified; one that does not open is an unknown outcome,
 * the same whatever the matter is. Nothing that the gateway may send makes it throw.
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
  const refusal =
    scanned.sign === null ? null : (context.refuseCertificate?.(scanned.alipayCertSn) ?? null);
  const trust: AnswerTrust =
    refusal === null ? trustIn(scanned, context.verify) : 'untrusted-certificate';
  const { value } = scanned;
  if (typeof value !== 'string') {
    // In the clear, even where the call was encrypted: the signature says who wrote it, and errors come like this.
    return judgeContent({ data: value, trust, body, remark: refusal }, envelope, context);
  }
  const facts = { ...NO_FACTS, ...envelope, verified: trust === 'verified' };
  // Opening what anyone may have written would tell them, answer by answer, what is inside.
  if (trust !== 'verified') return unknownOutcome(facts, trust, body, refusal);
  const data = openValue(value, context);
  return data === null
    ? unknownOutcome(facts, 'decryption-failed', body)
    : judgeContent({ data, trust, body, remark: null }, envelope, context);
}

function openValue(value: string, context: JudgeContext): JsonObject | null {
  const { decrypt, charset, maxDepth = DEFAULT_MAX_DEPTH } = context;
  return decrypt === undefined ? null : decryptValue(value, decrypt, { charset, maxDepth });
}
