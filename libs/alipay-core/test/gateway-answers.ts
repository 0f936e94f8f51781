import { createHash } from 'node:crypto';

import { encodeText, type Charset } from '../src/charset/index.js';
import type { GatewayFailure } from '../src/gateway/answer.js';
import { judge, type JudgeContext } from '../src/gateway/outcome.js';
import type { NoAnswerReason, NotSentReason, TransportResult } from '../src/gateway/transport.js';

export const APPLY = 'alipay.user.auth.zhimaper.inner.apply';
export const MEMBER = 'alipay_user_auth_zhimaper_inner_apply_response';
export const TOKENS = {
  access_token: '20120823ac6ffaa4d2d84e7384bf983531473993',
  refresh_token: '20120823ac6ffdsdf2d84e7384bf983531473993',
  auth_token_type: 'permanent',
};

type Received = Extract<TransportResult, { kind: 'response' }>;

interface Options {
  status?: number;
  headers?: Record<string, string>;
  charset?: Charset;
}

/** A stand-in for RSA: as sensitive to every byte, and quick. */
const signatureOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');

export const applyContext: JudgeContext = {
  method: APPLY,
  charset: 'utf-8',
  verify: (bytes, sign) => signatureOf(bytes) === sign,
  requiredMembers: ['access_token', 'refresh_token'],
};

export function received(body: string | Uint8Array, options: Options = {}): Received {
  const { status = 200, headers = { 'content-type': 'text/html;charset=utf-8' } } = options;
  const bytes = typeof body === 'string' ? encodeText(body, options.charset ?? 'utf-8') : body;
  return { kind: 'response', status, headers, body: bytes };
}

/** An answer whose signature covers `value`, or what `value` was before it was altered on the way. */
export function signed(
  value: string,
  member = MEMBER,
  { signedValue = value, ...options }: Options & { signedValue?: string } = {},
): Received {
  const sign = signatureOf(encodeText(signedValue, options.charset ?? 'utf-8'));
  return received(`{"${member}":${value},"sign":"${sign}"}`, options);
}

export function unsigned(value: string): Received {
  return received(`{"${MEMBER}":${value}}`);
}

export function wronglySigned(value: string): Received {
  return signed(value, MEMBER, { signedValue: '{}' });
}

export const notSent = (reason: NotSentReason): TransportResult => ({ kind: 'not-sent', reason });
export const noAnswer = (reason: NoAnswerReason): TransportResult => ({
  kind: 'no-answer',
  reason,
});

/** An error as the gateway writes one, as JSON. */
export function errorJson(code: string, subCode?: string): string {
  return JSON.stringify({
    code,
    msg: 'M',
    ...(subCode === undefined ? {} : { sub_code: subCode }),
  });
}

export const SUCCESS_JSON = JSON.stringify({ code: '10000', msg: 'Success', ...TOKENS });

/** Judges what is expected to be a failure. */
export function fail(result: TransportResult, context = applyContext): GatewayFailure {
  const answer = judge(result, context);
  if (answer.outcome === 'success') throw new Error('a failure was expected');
  return answer;
}
