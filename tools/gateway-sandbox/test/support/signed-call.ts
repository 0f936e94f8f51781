import { sign, verify, type KeyObject } from 'node:crypto';

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
  /** Signed parameters that go in the body beside, or without, `biz_content`. */
  body?: Record<string, string>;
  verb?: 'POST' | 'GET';
  privateKey?: string;
  /** The key to verify the answer with, in place of Alipay's of key mode. */
  publicKey?: string | KeyObject;
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
    ...options.body,
  });
  const text = Object.entries(params)
    .filter(([, value]) => value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
  const digest = signType === 'RSA' ? 'sha1' : 'sha256';
  const key = options.privateKey ?? target.keys.appPrivateKey;
  const signature = sign(digest, encode(text, charset), key).toString('base64');

  const sent = Object.entries(without({ ...params, sign: signature, ...options.forge }));
  const isContent = ([name]: [string, string]) =>
    name === 'biz_content' || Object.hasOwn(options.body ?? {}, name);
  const content = Object.fromEntries(sent.filter(isContent));
  const query = Object.fromEntries(sent.filter((pair) => !isContent(pair)));
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
  /** The base64 in place of a member, where the answer is encrypted; `member` is empty then. */
  encrypted?: string;
  /** `alipay_cert_sn`, in certificate mode. */
  certSn?: string;
}

export function open(
  answer: RawAnswer,
  target: Target,
  { charset = 'utf-8', signType = 'RSA2', publicKey }: CallOptions = {},
): OpenedAnswer {
  const latin1 = answer.body.toString('latin1');
  const layout =
    /^\{"(?<name>[a-z_]+)":(?<member>\{.*?\}|"[^"]*")(?:,"alipay_cert_sn":"(?<certSn>[0-9a-f]{32})")?(?:,"sign":"(?<sign>[A-Za-z0-9+/=]+)")?\}$/s.exec(
      latin1,
    )?.groups;
  if (layout === undefined) throw new Error(`Not the layout of an answer: ${latin1}`);
  const { name = '', member = '', sign: signature, certSn } = layout;
  const bytes = Buffer.from(member, 'latin1');
  const value = JSON.parse(iconv.decode(bytes, charset)) as Record<string, string> | string;
  return {
    memberName: name,
    member: typeof value === 'string' ? {} : value,
    ...(typeof value === 'string' ? { encrypted: value } : {}),
    verified:
      signature === undefined
        ? null
        : verify(
            signType === 'RSA' ? 'sha1' : 'sha256',
            bytes,
            publicKey ?? target.keys.alipayPublicKey,
            Buffer.from(signature, 'base64'),
          ),
    ...(certSn === undefined ? {} : { certSn }),
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
