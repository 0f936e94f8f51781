import { createSign } from 'node:crypto';
import { encodeText, formEncode, type Charset } from '../src/charset/index.js';
import { TEST_PRIVATE_KEY } from './fixtures/test-key.js';

const DIGESTS = { RSA2: 'RSA-SHA256', RSA: 'RSA-SHA1' };

/** Signs a notification (V2) over the test key as Alipay would, in the order given. */
export function signedNotification(
  params: Readonly<Record<string, string>>,
  charset: Charset = 'utf-8',
  signType: 'RSA' | 'RSA2' = 'RSA2',
): string {
  const all: Record<string, string> = { ...params, sign_type: signType };
  const text = Object.keys(all)
    .filter((name) => name !== 'sign' && name !== 'alipay_cert_sn' && all[name] !== '')
    .sort()
    .map((name) => `${name}=${all[name]}`)
    .join('&');
  const sign = createSign(DIGESTS[signType]).update(encodeText(text, charset));
  const signature = sign.sign(TEST_PRIVATE_KEY, 'base64');
  return formEncode(Object.entries({ ...all, sign: signature }), charset);
}
