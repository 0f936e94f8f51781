import { verify, type KeyObject } from 'node:crypto';

import { gatewayError, type GatewayError } from '../answer/gateway-error.js';
import { encodeText, type Charset } from '../wire/charset.js';
import { digestOf, type SignType } from '../wire/sign-type.js';
import { stringToSign } from '../wire/string-to-sign.js';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export interface SignedParams {
  params: ReadonlyMap<string, string>;
  charset: Charset;
  signType: SignType;
}

/** Null where `sign` is the app's signature over the string to sign in the bytes of the charset. */
export function checkSignature(signed: SignedParams, appPublicKey: KeyObject): GatewayError | null {
  const { params, charset, signType } = signed;
  const text = stringToSign(params);
  const bytes = encodeText(text, charset);
  const signature = params.get('sign') ?? '';

  if (isSignature(bytes, signature, signType, appPublicKey)) return null;
  const other: SignType = signType === 'RSA' ? 'RSA2' : 'RSA';
  if (isSignature(bytes, signature, other, appPublicKey)) {
    return gatewayError('isv.invalid-signature', { subMsg: mixedUp(signType, other) });
  }
  return gatewayError('isv.invalid-signature', { subMsg: echo(text) });
}

function isSignature(bytes: Buffer, signature: string, signType: SignType, key: KeyObject) {
  return (
    BASE64.test(signature) &&
    verify(digestOf(signType), bytes, key, Buffer.from(signature, 'base64'))
  );
}

function mixedUp(declared: SignType, used: SignType): string {
  return `验签出错，sign值与sign_type参数指定的签名类型不一致：sign_type参数值为${declared}，您实际用的签名类型可能是${used}`;
}

/** The gateway echoes the whole string that it verified, HTML-escaped: personal data included. */
function echo(text: string): string {
  return `验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：${escapeHtml(text)}`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
