import { assertMembers, flag, InvalidInputError, isWhole, type Rule } from '../input/members.js';
import { findCharset } from '../wire/charset.js';
import type { SignType } from '../wire/sign-type.js';

/** One notification to sign and send. */
export interface Notification {
  /** Where to, on this machine. */
  url: string;
  /** V1 leaves `sign` and `sign_type` out of the string that is signed, V2 only `sign`. */
  version: 'V1' | 'V2';
  /** Default `utf-8`. */
  charset?: string;
  /** Default `RSA2`. */
  signType?: SignType;
  /** Parameters beside or in place of the usual ones; an empty one is sent, and not signed. */
  params?: Readonly<Record<string, string>>;
  /** Sign by Alipay's current certificate, and name it in `alipay_cert_sn`. */
  certificate?: true;
  unsigned?: true;
  /** `notify_id` is another than the one that was signed. */
  tamper?: true;
  wrongKey?: true;
  /** How long to wait for the receiver, in milliseconds; default 5,000. */
  timeoutMs?: number;
}

const MAX_TIMEOUT_MS = 60_000;
const HERE: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

const RULES: Readonly<Record<keyof Notification, Rule>> = {
  url: { wanted: 'an http address on 127.0.0.1, localhost or [::1]', check: isLocalUrl },
  version: { wanted: 'V1 or V2', check: (value) => value === 'V1' || value === 'V2' },
  charset: {
    wanted: 'utf-8, gbk, gb2312 or gb18030',
    check: (value) => typeof value === 'string' && findCharset(value) !== null,
  },
  signType: { wanted: 'RSA or RSA2', check: (value) => value === 'RSA' || value === 'RSA2' },
  params: { wanted: 'an object of texts, without sign', check: isParams },
  certificate: flag,
  unsigned: flag,
  tamper: flag,
  wrongKey: flag,
  timeoutMs: {
    wanted: `a whole number of milliseconds, 1 to ${MAX_TIMEOUT_MS}`,
    check: (value) => isWhole(value, 1, MAX_TIMEOUT_MS),
  },
};

/** @throws InvalidInputError naming the first member that is missing, unknown, wrong, or at odds with another */
export function parseNotification(input: unknown): Notification {
  assertMembers<Notification>(input, RULES, 'The notification');
  for (const member of ['url', 'version'] as const) {
    if (input[member] === undefined) {
      throw new InvalidInputError(
        `The notification: "${member}" has to be ${RULES[member].wanted}.`,
      );
    }
  }
  const spoilt = (['unsigned', 'tamper', 'wrongKey'] as const).filter((one) => input[one]);
  if (spoilt.length > 1) {
    throw new InvalidInputError(`The notification takes only one of ${spoilt.join(', ')}.`);
  }
  return input;
}

/** The sandbox calls nobody but its own machine. */
function isLocalUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'http:' && HERE.has(hostname);
}

function isParams(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return (
    !Object.hasOwn(value, 'sign') && Object.values(value).every((one) => typeof one === 'string')
  );
}
