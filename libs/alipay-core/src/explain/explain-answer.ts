import { encodeText, toBinaryText, type Charset } from '../charset/index.js';
import { AlipayError } from '../errors/alipay-error.js';
import { trustIn } from '../gateway/outcome-signature.js';
import { scanResponse, type ScanResult } from '../gateway/response-scanner.js';
import type { SignType } from '../signing/index.js';
import { answerStages } from './answer-candidates.js';
import type { Cause } from './cause.js';
import { explainContent, type ContentSettings } from './explain-content.js';
import type { VerificationCauseCode } from './verification-causes.js';

type ScanReason = Extract<ScanResult, { ok: false }>['reason'];
export type AnswerCauseCode =
  VerificationCauseCode | ScanReason | 'missing-signature' | 'undecodable-text';

export interface AnswerSettings extends ContentSettings {
  signType: SignType;
  charset: Charset;
  maxBytes: number;
}

export interface AnswerExplanation {
  causes: Cause<AnswerCauseCode>[];
  tried: number;
}

const KEEP_THE_BYTES =
  'Check that the whole body was kept as it came, and that method is the one called.';

/** Says why an answer is not verified; without causes it is. */
export function explainAnswer(
  body: Uint8Array | string,
  method: string,
  settings: AnswerSettings,
): AnswerExplanation {
  const { alipayPublicKey, charset, engine, maxBytes, signType } = settings;
  const bytes = typeof body === 'string' ? encodeOrNull(body, charset) : body;
  if (bytes === null) {
    return unreadable('undecodable-text', `The text cannot be written in ${charset}.`);
  }
  const scanned = scanResponse(bytes, { method, charset, maxBytes });
  if (!scanned.ok) {
    return unreadable(scanned.reason, `${scanned.detail} (byte ${scanned.offset}).`);
  }
  const { sign, signedBytes } = scanned;
  if (sign === null) return unreadable('missing-signature', 'The answer carries no signature.');
  const trust = trustIn(scanned, (signed, signature) =>
    engine.verify(signed, signature, alipayPublicKey, signType),
  );
  if (trust === 'verified') return { causes: [], tried: 1 };
  return explainContent(
    {
      signature: sign,
      signType,
      base: toBinaryText(signedBytes),
      stages: answerStages(scanned.charset),
      write: (candidate) => candidate,
    },
    settings,
  );
}

function unreadable(code: AnswerCauseCode, title: string): AnswerExplanation {
  const evidence = 'Nothing in the answer is believed before this is right.';
  return {
    causes: [{ code, certainty: 'certain', title, evidence, nextStep: KEEP_THE_BYTES }],
    tried: 0,
  };
}

function encodeOrNull(text: string, charset: Charset): Uint8Array | null {
  try {
    return encodeText(text, charset);
  } catch (error) {
    if (error instanceof AlipayError) return null;
    throw error;
  }
}
