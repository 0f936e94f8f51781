import { toBinaryText, type Charset } from '../charset/index.js';
import type { NotificationVersion, RefusedNotification } from '../notify/index.js';
import { verifyNotification } from '../notify/index.js';
import { readForm, type NotificationForm } from '../notify/notification-form.js';
import { parseSignType, type SignType } from '../signing/index.js';
import type { Cause } from './cause.js';
import { explainContent, type ContentSettings } from './explain-content.js';
import { formCandidate, formStages, writeForm } from './notification-candidates.js';
import { verificationCause, type VerificationCauseCode } from './verification-causes.js';

export interface NotificationSettings extends ContentSettings {
  version: NotificationVersion | 'auto';
  /** Instead of what the form names. */
  signType: SignType | null;
  charset: Charset | null;
  maxBytes: number;
}

type NotificationCauseCode = VerificationCauseCode | RefusedNotification['reason'];

export interface NotificationExplanation {
  causes: Cause<NotificationCauseCode>[];
  tried: number;
}

/** Verdicts that say no more than that the signature does not fit the form as it is read. */
const WORTH_ANOTHER_READING: ReadonlySet<string> = new Set([
  'invalid-signature',
  'undecodable-text',
  'unsupported-charset',
  'unsupported-sign-type',
]);
/** One of both reads whatever a form may be in. */
const OTHER_CHARSETS: readonly Charset[] = ['utf-8', 'gb18030'];

/** Says why a notification is not verified; without causes it is. */
export function explainNotification(
  form: NotificationForm,
  settings: NotificationSettings,
): NotificationExplanation {
  const { alipayPublicKey, version, engine, maxBytes, signType, charset } = settings;
  const verdict = verifyNotification(form, {
    ...{ alipayPublicKey, version, engine, maxBytes },
    ...(signType === null ? {} : { signType }),
    ...(charset === null ? {} : { charset }),
  });
  if (verdict.verified) return { causes: [], tried: 1 };
  const first = causeOf(verdict);
  if (!WORTH_ANOTHER_READING.has(verdict.reason)) return { causes: [first], tried: 0 };

  const reading = readSomehow(form, settings);
  const sign = reading?.fields.get('sign')?.value;
  if (!reading || !sign) return { causes: [first], tried: 0 };
  const { causes, tried } = explainContent(
    {
      signature: sign,
      signType: signType ?? readSignType(reading.fields.get('sign_type')?.value),
      base: formCandidate(reading.fields.values(), rawBodyOf(form)),
      stages: formStages(reading.charset, version),
      write: writeForm,
    },
    settings,
  );
  if (!reading.isAsNamed) {
    const evidence = `The form is no text of the charset that it names; it is one of ${reading.charset}.`;
    causes.unshift(verificationCause('charset', 'certain', evidence));
  }
  return {
    causes: verdict.reason === 'unsupported-sign-type' ? [first, ...causes] : causes,
    tried,
  };
}

function readSomehow(form: NotificationForm, { charset, maxBytes }: NotificationSettings) {
  for (const candidate of [charset, ...OTHER_CHARSETS]) {
    const read = readForm(form, { charset: candidate, maxBytes });
    if (!('reason' in read)) return { ...read, isAsNamed: candidate === charset };
  }
  return null;
}

function causeOf({ reason, detail, nextStep }: RefusedNotification): Cause<NotificationCauseCode> {
  const evidence = 'Nothing in the form is believed before this is right.';
  return { code: reason, certainty: 'certain', title: detail, evidence, nextStep };
}

function rawBodyOf(form: NotificationForm): string | null {
  if (form instanceof Uint8Array) return toBinaryText(form);
  return typeof form === 'string' && /^\p{ASCII}*$/u.test(form) ? form : null;
}

function readSignType(name = 'RSA2'): SignType | null {
  try {
    return parseSignType(name || 'RSA2');
  } catch {
    return null;
  }
}
