import { buildStringToSign } from '../signing/index.js';
import type { NotificationField } from './notification-form.js';
import type { NotificationVersion } from './notification-verdict.js';

const UNSIGNED: Readonly<Record<NotificationVersion, ReadonlySet<string>>> = {
  V1: new Set(['sign', 'sign_type', 'alipay_cert_sn']),
  V2: new Set(['sign', 'alipay_cert_sn']),
};

/** The parameters that a version's signature covers, in the order in which it covers them. */
export function signedFields(
  fields: Iterable<NotificationField>,
  version: NotificationVersion,
): NotificationField[] {
  return [...fields]
    .filter(({ name, value }) => !UNSIGNED[version].has(name) && value !== '')
    .sort((a, b) => (a.nameBytes < b.nameBytes ? -1 : 1));
}

/** What is signed, each byte a character. */
export function signedText(fields: readonly NotificationField[]): string {
  return buildStringToSign(
    Object.fromEntries(fields.map(({ nameBytes, valueBytes }) => [nameBytes, valueBytes])),
  );
}

/**
 * Whether the signed text could as well be that of other parameters. `a=1&b=2` is written for the parameters a and b, and
 * also for a alone with the value `1&b=2`: whoever stands between can turn the first form into the second, and the
 * signature still fits. Only where the second reading would be in order can it be meant.
 */
export function isAmbiguous(fields: readonly NotificationField[]): boolean {
  return fields.some(({ nameBytes, valueBytes }, at) => {
    if (nameBytes === '' || /[&=]/.test(nameBytes)) return true;
    const next = fields[at + 1]?.nameBytes;
    return Array.from(valueBytes.matchAll(/&([^&=]+)=(?=[^&])/g)).some(
      ([, inner = '']) => inner > nameBytes && (next === undefined || inner < next),
    );
  });
}
