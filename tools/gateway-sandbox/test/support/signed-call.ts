import { sign, verify } from 'node:crypto';

import iconv from 'iconv-lite';

import { exchange, type RawAnswer } from './http.js';

export const APPLY = 'alipay.user.auth.zhimaper.inner.apply';
export const NOW = Date.UTC(2026, 10, 24, 8, 0, 0);
export const TIMESTAMP = '2026-11-24 16:00:00';

/** The example person of the interface document. */
export const PERSON = {
  cert_no: '330701199901011311',
  cert_type: 'IDENTITY_CARD',
  name: '张三',
  mobile: '13588111111',
};

export interface CallOptions {
  charset?: string;
  signType?: string;
  bizContent?: Record<string, unknown> | string;
  /** Public parameters to change; null leaves one out. */
  change?: Record<string, string | null>;
  /** Changes after signing; null leaves one out. */
  forge?: Record<string, string | null>;
  verb?: 'POST' | 'GET';
  privateKey?: string;
}

export interface Target {
  gatewayUrl: string;
  appId: string;
  keys: { appPrivateKey: string; alipayPublicKey: string };
}

/** Signs and sends one call, with code of its own. */
export function call(target: Target, options: CallOptions = {}): Promise<RawAnswer> {
  const { charset = 'utf-8', signType = 'RSA2', bizContent = PERSON, verb = 'POST' } = options;
  const params = without({
    app_id: target.appId,
    method: APPLY,
    format: 'JSON',
    charset,
    sign_type: signType,
    timestamp: TIMESTAMP,
    version: '1.0',
    biz_content: typeof bizContent === 'string' ? bizContent : JSON.stringify(bizContent),
    ...options.change,
  });
  const text = Object.entries(params)
    .filter(([, value]) => value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
  const digest = signType === 'RSA' ? 'sha1' : 'sha256';
  const key = options.privateKey ?? target.keys.appPrivateKey;
  const signature = sign(digest, encode(text, charset), key).toString('base64');

  const { biz_content: body, ...query } = without({ ...params, sign: signature, ...options.forge });
  const content = body === undefined ? {} : { biz_content: body };
  if (verb === 'GET') {
    return exchange(`${target.gatewayUrl}?${form({ ...query, ...content }, charset)}`);
  }
  return exchange(`${target.gatewayUrl}?${form(query, charset)}`, {
    method: 'POST',
    headers: { 'Content-Type': `application/x-www-form-urlencoded;charset=${charset}` },
    body: form(content, charset),
  });
}

/** The answer's member and signature, taken apart by its known layout. */
export interface OpenedAnswer {
  memberName: string;
  member: Record<string, string>;
  /** Whether the signature fits the bytes of the member as they came; null where there is none. */
  verified: boolean | null;
}

export function open(
  answer: RawAnswer,
  target: Target,
  { charset = 'utf-8', signType = 'RSA2' }: CallOptions = {},
): OpenedAnswer {
  const latin1 = answer.body.toString('latin1');
  const layout =
    /^\{"(?<name>[a-z_]+)":(?<member>\{.*?\})(?:,"sign":"(?<sign>[A-Za-z0-9+/=]+)")?\}$/s.exec(
      latin1,
    )?.groups;
  if (layout === undefined) throw new Error(`Not the layout of an answer: ${latin1}`);
  const { name = '', member = '', sign: signature } = layout;
  const bytes = Buffer.from(member, 'latin1');
  return {
    memberName: name,
    member: JSON.parse(iconv.decode(bytes, charset)) as Record<string, string>,
    verified:
      signature === undefined
        ? null
        : verify(
            signType === 'RSA' ? 'sha1' : 'sha256',
            bytes,
            target.keys.alipayPublicKey,
            Buffer.from(signature, 'base64'),
          ),
  };
}

export async function callAndOpen(target: Target, options: CallOptions = {}) {
  return open(await call(target, options), target, options);
}

function encode(text: string, charset: string): Buffer {
  return iconv.encode(text, iconv.encodingExists(charset) ? charset : 'utf-8');
}

/** Percent-encodes every byte of the charset, letters included. */
function form(params: Record<string, string>, charset: string): string {
  const component = (text: string) => encode(text, charset).toString('hex').replace(/../g, '%$&');
  return Object.entries(params)
    .map(([name, value]) => `${name}=${component(value)}`)
    .join('&');
}

function without(params: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== null),
  );
}
