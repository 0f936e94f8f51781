import { sign, type KeyObject } from 'node:crypto';

import { beijingTime } from '../wire/beijing-time.js';
import { encodeText, type Charset } from '../wire/charset.js';
import { digestOf, type SignType } from '../wire/sign-type.js';
import { stringToSign } from '../wire/string-to-sign.js';
import type { Notification } from './notification.js';

export interface NotificationFacts {
  appId: string;
  notifyId: string;
  /** Milliseconds since 1970. */
  now: number;
  signingKey: KeyObject;
  alipayCertSn: string | null;
}

type Params = ReadonlyMap<string, string>;

/** The parameters as they are sent, `sign` included (gateway's published documents, asynchronous notifications). */
export function composeNotification(
  notification: Notification,
  charset: Charset,
  facts: NotificationFacts,
): Params {
  const signType = notification.signType ?? 'RSA2';
  const params = new Map(
    Object.entries({
      notify_id: facts.notifyId,
      notify_time: beijingTime(facts.now),
      app_id: facts.appId,
      charset: charset.label,
      version: '1.0',
      sign_type: signType,
      ...(facts.alipayCertSn === null ? {} : { alipay_cert_sn: facts.alipayCertSn }),
      ...notification.params,
    }),
  );
  const signature = signatureOf(params, notification.version, { charset, signType, ...facts });
  if (notification.tamper) params.set('notify_id', `${params.get('notify_id') ?? ''}0`);
  return notification.unsigned ? params : params.set('sign', signature);
}

function signatureOf(
  params: Params,
  version: Notification['version'],
  {
    charset,
    signType,
    signingKey,
  }: { charset: Charset; signType: SignType; signingKey: KeyObject },
): string {
  const signed = new Map(params);
  signed.delete('alipay_cert_sn');
  if (version === 'V1') signed.delete('sign_type');
  const bytes = encodeText(stringToSign(signed), charset);
  return sign(digestOf(signType), bytes, signingKey).toString('base64');
}

/** `application/x-www-form-urlencoded` in the bytes of the charset; only letters and digits stay as they are. */
export function writeForm(params: Params, charset: Charset): string {
  const component = (text: string) =>
    [...encodeText(text, charset)].map((byte) => ENCODED[byte] ?? '').join('');
  return [...params].map(([name, value]) => `${component(name)}=${component(value)}`).join('&');
}

/** The text of each byte of a form. */
const ENCODED = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if (/[0-9A-Za-z_.-]/.test(character)) return character;
  return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});
