import { parseCharset } from '../charset/index.js';
import type { NotificationVersion } from '../notify/index.js';
import type { NotificationForm } from '../notify/notification-form.js';
import {
  defaultSignatureEngine,
  parseSignType,
  PrivateKey,
  PublicKey,
  readPublicKey,
  type SignatureEngine,
} from '../signing/index.js';
import { byCertainty, type Cause } from './cause.js';
import { explainAnswer, type AnswerCauseCode } from './explain-answer.js';
import { explainNotification } from './explain-notification.js';
import type { RefusedNotification } from '../notify/index.js';

/** What failed: a notification's form, or an answer's body and the method called. */
export type UnverifiedSubject =
  { notification: NotificationForm } | { answer: Uint8Array | string; method: string };

export interface ExplainVerificationOptions {
  /** Alipay's public key as it is configured. */
  alipayPublicKey: string | PublicKey;
  /** The application's own key: shows whether it stands in the place of Alipay's. */
  applicationKey?: string | PublicKey | PrivateKey;
  /** Of a notification. Default `auto`. */
  version?: NotificationVersion | 'auto';
  /** As it was verified. Default: what a notification's form names, else RSA2. */
  signType?: string;
  /** As it was verified. Default: what a notification's form names, else `utf-8`. */
  charset?: string;
  /** Most readings to try. Default 2,000, about as many signature checks. */
  maxCandidates?: number;
  /** Most bytes of the form or answer. Default 1,048,576: the readings are many. */
  maxBytes?: number;
  /** Default: `node:crypto` where there is one, else jsrsasign. */
  engine?: SignatureEngine;
}

/**
 * What may be wrong with an answer or a notification whose signature does not fit.
 *
 * @useDeclaredType
 */
export type UnverifiedCauseCode = AnswerCauseCode | RefusedNotification['reason'];

export interface VerificationExplanation {
  /** Whether the signature fits after all, with what was given. */
  verified: boolean;
  /** Empty only where it is verified; the most certain first. */
  causes: readonly Cause<UnverifiedCauseCode>[];
  /** How many readings were tried. */
  tried: number;
}

/**
 * Says why the signature of an answer or of a notification does not fit: the key, the sign type, the charset, the order,
 * how the text was decoded, or an altered content.
 *
 * The key itself tells whether it made the signature, whatever was signed; then readings are tried, those with the fewest
 * deviations first, up to `maxCandidates`. A reading that fits explains a failure, it never makes a form valid. No text
 * quotes a value. Throws `TypeError` for what is no subject and `AlipayError` for a wrong option.
 *
 * Source: the gateway's published rules for signatures; RFC 8017, section 8.2.
 *
 * @param subject the answer or the notification
 * @param options the key it should be signed with, and limits in readings and bytes
 *
 * @example
 * const { causes } = explainVerification({ notification: rawBody }, { alipayPublicKey });
 * for (const { title, nextStep } of causes) console.error(title, nextStep);
 */
export function explainVerification(
  subject: UnverifiedSubject,
  options: ExplainVerificationOptions,
): VerificationExplanation {
  const { applicationKey, version = 'auto' } = options;
  const settings = {
    alipayPublicKey: publicKeyOf(options.alipayPublicKey, 'alipayPublicKey'),
    applicationKey:
      applicationKey === undefined ? null : publicKeyOf(applicationKey, 'applicationKey'),
    maxCandidates: positive(options.maxCandidates ?? 2_000, 'maxCandidates'),
    maxBytes: positive(options.maxBytes ?? 1_048_576, 'maxBytes'),
    engine: options.engine ?? defaultSignatureEngine(),
  };
  const signType = options.signType === undefined ? null : parseSignType(options.signType);
  const charset = options.charset === undefined ? null : parseCharset(options.charset);
  const { causes, tried } =
    'notification' in subject
      ? explainNotification(subject.notification, { ...settings, version, signType, charset })
      : explainAnswer(answerOf(subject), subject.method, {
          ...settings,
          signType: signType ?? 'RSA2',
          charset: charset ?? 'utf-8',
        });
  return { verified: causes.length === 0, causes: byCertainty<UnverifiedCauseCode>(causes), tried };
}

function answerOf({ answer, method }: { answer: Uint8Array | string; method: string }) {
  const isBody = typeof answer === 'string' || (answer as unknown) instanceof Uint8Array;
  if (isBody && typeof method === 'string') return answer;
  throw new TypeError('The subject is { notification } or { answer, method }.');
}

function publicKeyOf(key: unknown, name: string): PublicKey {
  if (key instanceof PrivateKey) return key.publicKey;
  if (key instanceof PublicKey) return key;
  if (typeof key === 'string') return readPublicKey(key);
  throw new TypeError(`${name} must be a key.`);
}

function positive(value: number, name: string): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new TypeError(`${name} must be a whole number from 1.`);
}
