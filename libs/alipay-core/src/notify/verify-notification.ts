import { fromBinaryText, parseCharset } from '../charset/index.js';
import {
  defaultSignatureEngine,
  parseSignType,
  PublicKey,
  readPublicKey,
  type SignatureEngine,
  type SignType,
} from '../signing/index.js';
import { readForm, type NotificationField, type NotificationForm } from './notification-form.js';
import {
  refuse,
  verified,
  type NotificationVerdict,
  type NotificationVersion,
  type RefusedNotification,
} from './notification-verdict.js';
import { parseNotifyTime } from './notify-time.js';
import { isAmbiguous, signedFields, signedText } from './signed-fields.js';

/** Most bytes of a notification by default: 1 MiB. */
const DEFAULT_MAX_BYTES = 1_048_576;

export interface VerifyNotificationOptions {
  /**
   * Alipay's public key, not your own; or, in certificate mode, what finds the key by the form's `alipay_cert_sn` (null
   * where the form has none) and answers null for a certificate that is not known. Finding may not take the form's word:
   * answer only keys of certificates whose chain was verified.
   */
  alipayPublicKey:
    string | PublicKey | ((alipayCertSn: string | null) => string | PublicKey | null);
  /** Which parameters are signed. Default `auto`: V1, then V2. */
  version?: NotificationVersion | 'auto';
  /** `RSA2` or `RSA`, in any letter case. Default: what the form names, else RSA2. Naming it refuses the other. */
  signType?: string;
  /** The form's charset. Default: what the form names, else `utf-8`. */
  charset?: string;
  /** Refuses notifications for another application. */
  appId?: string;
  /** How far `notify_time` may lie from the present, before or after, in milliseconds. Default: any distance. */
  replayWindowMs?: number;
  /** Most bytes of the form. Default 1,048,576. */
  maxBytes?: number;
  /** The present instant. Default: the machine's clock. */
  clock?: () => Date;
  /** Default: `node:crypto` where there is one, else jsrsasign. */
  engine?: SignatureEngine;
}

/**
 * Says whether a notification is Alipay's, whole and unaltered, and what it says.
 *
 * The signature is checked over the bytes as they came, each part decoded exactly once. Whatever the form holds, the
 * answer is a value; a replayed notification within the window is verified too, so remember each `notifyId`. Throws
 * `TypeError` for what is no form or no option, and `AlipayError` (`INVALID_PUBLIC_KEY`, `UNSUPPORTED_SIGN_TYPE`,
 * `UNSUPPORTED_CHARSET`) for a wrong option.
 *
 * Source: the gateway's published rules for verifying asynchronous notifications; RFC 8017, section 8.2.
 *
 * @param form the raw body, or the form that a framework made of it
 * @param options Alipay's key, the replay window in milliseconds, the limit in bytes, and what else must hold
 *
 * @example
 * const verdict = verifyNotification(rawBody, { alipayPublicKey, appId, replayWindowMs: 26 * 60 * 60 * 1000 });
 * if (verdict.verified) await handleOnce(verdict.notifyId, verdict.params);
 * else console.error(verdict.reason, verdict.nextStep);
 */
export function verifyNotification(
  form: NotificationForm,
  options: VerifyNotificationOptions,
): NotificationVerdict {
  const settings = readOptions(options);
  const read = readForm(form, settings);
  if ('reason' in read) return read;
  const { charset, fields } = read;

  const signature = valueOf(fields, 'sign');
  if (signature === null) return refuse('missing-signature', 'The form carries no signature.');
  const signType = settings.signType ?? namedSignType(fields);
  if (signType === null) {
    return refuse('unsupported-sign-type', 'The form names a sign type other than RSA2 and RSA.');
  }
  const key = settings.keyFor(valueOf(fields, 'alipay_cert_sn'));
  if (key === null) {
    return refuse(
      'unknown-certificate',
      'No key is known for the certificate that the form names.',
    );
  }

  for (const version of settings.versions) {
    const signed = signedFields(fields.values(), version);
    const bytes = fromBinaryText(signedText(signed));
    if (!settings.engine.verify(bytes, signature, key, signType)) continue;
    if (isAmbiguous(signed)) {
      return refuse('ambiguous-parameters', 'A value reads like further parameters.');
    }
    const notifyTime = parseNotifyTime(valueOf(fields, 'notify_time') ?? '');
    const refusal = refuseContent(fields, notifyTime, settings);
    return (
      refusal ??
      verified({
        version,
        signType,
        charset,
        params: Object.fromEntries(signed.map(({ name, value }) => [name, value])),
        notifyId: valueOf(fields, 'notify_id'),
        notifyType: valueOf(fields, 'notify_type'),
        notifyTime,
        appId: valueOf(fields, 'app_id'),
      })
    );
  }
  return refuse(
    'invalid-signature',
    `The signature is not the key's over this form (${settings.versions.join(', ')}, ${signType}).`,
  );
}

type Settings = ReturnType<typeof readOptions>;
type Fields = ReadonlyMap<string, NotificationField>;

function readOptions(options: VerifyNotificationOptions) {
  const { alipayPublicKey, version = 'auto', appId, replayWindowMs } = options;
  const { maxBytes = DEFAULT_MAX_BYTES, clock = () => new Date() } = options;
  if (version !== 'auto' && version !== 'V1' && version !== 'V2') {
    throw new TypeError("version must be 'V1', 'V2' or 'auto'.");
  }
  if (!(maxBytes > 0)) throw new TypeError('maxBytes must be a positive number.');
  if (replayWindowMs !== undefined && !(replayWindowMs > 0)) {
    throw new TypeError('replayWindowMs must be a positive number.');
  }
  const versions: NotificationVersion[] = version === 'auto' ? ['V1', 'V2'] : [version];
  // Read before the form is looked at: a wrong key must not hide behind a wrong form.
  const fixed = typeof alipayPublicKey === 'function' ? null : toKey(alipayPublicKey);
  return {
    versions,
    keyFor(alipayCertSn: string | null): PublicKey | null {
      if (typeof alipayPublicKey !== 'function') return fixed;
      const found = alipayPublicKey(alipayCertSn);
      return found === null ? null : toKey(found);
    },
    signType: options.signType === undefined ? null : parseSignType(options.signType),
    charset: options.charset === undefined ? null : parseCharset(options.charset),
    engine: options.engine ?? defaultSignatureEngine(),
    appId,
    replayWindowMs,
    maxBytes,
    clock,
  };
}

function refuseContent(
  fields: Fields,
  notifyTime: Date | null,
  { appId, replayWindowMs, clock }: Settings,
): RefusedNotification | null {
  if (appId !== undefined && valueOf(fields, 'app_id') !== appId) {
    return refuse('wrong-app-id', 'The notification is for another application.');
  }
  if (replayWindowMs === undefined) return null;
  if (notifyTime === null) {
    return refuse('unreadable-notify-time', 'notify_time is missing or no time.');
  }
  const distance = clock().getTime() - notifyTime.getTime();
  return Math.abs(distance) <= replayWindowMs
    ? null
    : refuse(
        'outside-replay-window',
        `notify_time lies ${Math.abs(distance)} ms in the ${distance > 0 ? 'past' : 'future'}.`,
      );
}

function namedSignType(fields: Fields): SignType | null {
  try {
    return parseSignType(valueOf(fields, 'sign_type') ?? 'RSA2');
  } catch {
    return null;
  }
}

function valueOf(fields: Fields, name: string): string | null {
  return fields.get(name)?.value || null;
}

function toKey(key: unknown): PublicKey {
  if (key instanceof PublicKey) return key;
  if (typeof key === 'string') return readPublicKey(key);
  throw new TypeError("alipayPublicKey must be Alipay's public key, or what finds it.");
}
