import { createPublicKey } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { checkSignature, type SignedParams } from './signature.js';

/** Made with `openssl genpkey`; the signatures with `openssl dgst` over the GBK bytes of the string to sign. */
const PUBLIC_KEY = createPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnGuSAyL0Vi7jX7RTiPRc
2F2tyW6gRF16jzt4rOQ6eIaaP1kvvBrbwRNK3WKSLI8ZZd/oGF6QIc/Ct8x1lAeK
Nz9zd8LssPaGmDYazWvXrpBI4IPy5oF3OfdCqllJWjjPMN/McqUtHOgQFgLDzl9e
UdKxHYptjZaYBGGjE758+00aCG4yeLurc0NaLnYiCsUNEyQb0ob5xqE0O7tOoUN1
ETl002q9gYjX8tAAuDcKeXrpLjM2cX4Dc8ZsMun4Rk8Qw6HIXrFIW44fjgVhIla1
K8CCu620wGyVFaKbxtdd1CFX/fhtxrBstZ67cL1aIRJjRiwSUeIUS3MxrA/g86Kd
YQIDAQAB
-----END PUBLIC KEY-----`);
const SHA256_SIGNATURE =
  'KzBl2QAYXXanaoj5Jju4ZjRtAqESsUAU8u0AfSh/1DS6q+HaHrdkCL4B8qAFnqvQThPVH+CRXbertR1HpdOHxRwsgnnYW/DLcUScDZpnbW4WjS5/gUsbF7zizCSn8GlLC8VAmiiFY4SU4k4Nt5BVtugovJKMbkAVWsfBSg8uG1pvl0DLtb4M4caZzr87wPw3H+Xd/ZJllzs3GWjZjyd6I4oa31xfkOmaV/wyAgOMrBFJk06m1vjRQTcpaIV4PxGyu0nk8+jHFnpJC7EiLRaId8BIOz9wdGlOSPsvBLdhgxaJA+ld/63QmJcFEQRxlmv+4cIY5A3UmeJUMuLHdIR6tw==';
const SHA1_SIGNATURE =
  'ZpEFVRLzl739equ5nNv3+Wb/2qdY5e86Tt2lB/1OIRPlGk9Z/lfBPlwh8Gt/c1+x3L1aKmnDEQIgShUiwzQRX4dZNad+i8Cc52tXDneG2O9TZMCbaVidHk6xgGpVp/yaJTaJ46nD6uQnkWy69SJ3wL5XgxvxAdHSGGH6jZrUVzF2mGqV27NqR7+SvvjTSMv30fKNszYSOUzf1p/s7slx6fPcXqoA//1rO674K55u2tQy0Uwd3Zo2DS5OxZwIJ/LXynaKbK06HuOtBaVZgqUSQn3Epua3/UlJH1ChbeoZaNAkm3EKyNGzQDRN/pvhJFcySQxDQlImZBAnO8XQlXenig==';

function signed(sign: string, changes: Partial<SignedParams> = {}): SignedParams {
  const params = new Map([
    ['sign_type', 'RSA2'],
    ['charset', 'gbk'],
    ['sign', sign],
    ['app_id', '1'],
    ['auth_token', ''],
    ['biz_content', '{"name":"张三"}'],
  ]);
  return { params, charset: { label: 'gbk', codec: 'gbk' }, signType: 'RSA2', ...changes };
}

describe('checkSignature', () => {
  it('accepts the signature that OpenSSL made over the GBK bytes', () => {
    expect(checkSignature(signed(SHA256_SIGNATURE), PUBLIC_KEY)).toBeNull();
    expect(checkSignature(signed(SHA1_SIGNATURE, { signType: 'RSA' }), PUBLIC_KEY)).toBeNull();
  });

  it('verifies the bytes of the charset, not those of UTF-8', () => {
    const utf8 = signed(SHA256_SIGNATURE, { charset: { label: 'utf-8', codec: 'utf-8' } });
    expect(checkSignature(utf8, PUBLIC_KEY)?.subCode).toBe('isv.invalid-signature');
  });

  it('echoes the string that it verified, HTML-escaped', () => {
    expect(checkSignature(signed('QUJD'), PUBLIC_KEY)).toEqual({
      code: '40002',
      msg: 'Invalid Arguments',
      subCode: 'isv.invalid-signature',
      subMsg:
        '验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：app_id=1&amp;biz_content={&quot;name&quot;:&quot;张三&quot;}&amp;charset=gbk&amp;sign_type=RSA2',
      errorResponse: false,
    });
  });

  it('says so where the signature is of the other sign type', () => {
    expect(checkSignature(signed(SHA1_SIGNATURE), PUBLIC_KEY)?.subMsg).toBe(
      '验签出错，sign值与sign_type参数指定的签名类型不一致：sign_type参数值为RSA2，您实际用的签名类型可能是RSA',
    );
  });

  it.each([
    ['base64url', SHA256_SIGNATURE.replaceAll('+', '-').replaceAll('/', '_')],
    ['a plus that became a blank', SHA256_SIGNATURE.replaceAll('+', ' ')],
  ])('refuses %s', (_, sign) => {
    expect(checkSignature(signed(sign), PUBLIC_KEY)?.subCode).toBe('isv.invalid-signature');
  });
});
