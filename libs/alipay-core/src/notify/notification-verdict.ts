import type { Charset } from '../charset/index.js';
import { REDACTED, withMaskedViews } from '../redaction/index.js';
import type { SignType } from '../signing/index.js';

/**
 * Which parameters a notification's signature covers: `V1` leaves `sign` and `sign_type` out, `V2` only `sign`. Neither
 * covers empty values and `alipay_cert_sn`.
 */
export type NotificationVersion = 'V1' | 'V2';

/** A notification that is Alipay's, whole and unaltered. Prints without the values that may be personal. */
export interface VerifiedNotification {
  verified: true;
  version: NotificationVersion;
  signType: SignType;
  charset: Charset;
  /** Exactly the parameters that the signature covers, each decoded once; nothing unsigned is among them. */
  params: Readonly<Record<string, string>>;
  /** `notify_id`: the same notification sent again carries the same one. */
  notifyId: string | null;
  notifyType: string | null;
  /** When Alipay sent it, from `notify_time`; null where it names no readable time. */
  notifyTime: Date | null;
  appId: string | null;
}

const REASONS = {
  'form-too-large': 'Raise maxBytes if notifications of this size are expected; else drop it.',
  'malformed-form':
    'Hand over the raw body of the request, or the form as names and texts, before anything rebuilds it.',
  'repeated-parameter':
    'Drop it: Alipay sends each parameter once. If a parser merged query and body, hand over the raw body.',
  'ambiguous-parameters':
    'Do not act on it: the same signature also fits other parameters. Ask the gateway for the state instead.',
  'unsupported-charset': "Give the form's charset as an option, if it is known to be another.",
  'undecodable-text':
    'Hand over the raw body, and give its charset as an option if the form names a wrong one.',
  'missing-signature': 'Drop it: only a signed form can be a notification of Alipay.',
  'unsupported-sign-type': 'Set the application to RSA2 on the open platform.',
  'unknown-certificate':
    "Fetch Alipay's present certificate, verify its chain, and verify the notification again.",
  'invalid-signature': 'Do not act on it. explainVerification says what is wrong.',
  'wrong-app-id': 'Route the notifications of each application to its own address and keys.',
  'unreadable-notify-time':
    'Leave replayWindowMs out for notifications that carry no notify_time, and remember each notify_id.',
  'outside-replay-window':
    "Check this machine's clock; if it is right, this is an old notification sent again: drop it.",
} as const;

/**
 * Why a notification is none to act on.
 *
 * @useDeclaredType
 */
export type NotificationRefusalReason = keyof typeof REASONS;

/** A notification that must not be acted on, and why. Nothing here quotes a value. */
export interface RefusedNotification {
  verified: false;
  reason: NotificationRefusalReason;
  /** What was found, in English. */
  detail: string;
  /** What to do next, in English. */
  nextStep: string;
}

export type NotificationVerdict = VerifiedNotification | RefusedNotification;

export function refuse(reason: NotificationRefusalReason, detail: string): RefusedNotification {
  return { verified: false, reason, detail, nextStep: REASONS[reason] };
}

/** Parameters of every notification, none of which can hold a person's data. */
const PRINTABLE: ReadonlySet<string> = new Set([
  'app_id',
  'charset',
  'notify_id',
  'notify_time',
  'notify_type',
  'sign_type',
  'version',
]);

export function verified(
  notification: Omit<VerifiedNotification, 'verified'>,
): VerifiedNotification {
  const params = Object.fromEntries(
    Object.entries(notification.params).map(([name, value]) => [
      name,
      PRINTABLE.has(name) ? value : REDACTED,
    ]),
  );
  const verdict: VerifiedNotification = { verified: true, ...notification };
  return withMaskedViews(verdict, { ...verdict, params });
}
