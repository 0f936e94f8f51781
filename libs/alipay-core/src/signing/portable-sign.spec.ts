import { describe, expect, it } from '@jest/globals';
import { TEST_PRIVATE_KEY } from '../../test/fixtures/test-key.js';
import { sign } from './portable-sign.js';
import { verify } from './portable-verify.js';
import { readPrivateKey } from './read-private-key.js';

const KEY = readPrivateKey(TEST_PRIVATE_KEY);
/** `printf 'app_id=1&name=\xd5\xc5\xc8\xfd' | openssl dgst -sha256 -sign KEY | base64`: the text in GBK. */
const IN_GBK =
  'NtCLpJ/fL3lOOFguQIUA0Vq0KCrtxqBgV0/cs3LT4Rgd7CA76nDpttCGHFik5lqhvaY+175jwsgYKXhz5IT5ZQ+BdLXzZAdK5qd+yb5mQ8i5jqFMBjF+LKLqhyGsjT+PKG6UVadPBgh2ih+sTZDb1Nc5BaASYXwAKlivUlv/ftzD8GPQGGW+V6+6tHFVhNKBHmpAOHhpDjm6auCfhXRVAUopeTbsPHBwm+Qx0zrIoDXtxyCZghHZc3/Y/Oah7YRsb1j3G3ZptP2HoQGTc2YhklVWcK8s4XYZHhPwzyuXX01YMMeRhzIQmh1imBcrxZm7GoO7UvHZOUrJFNEm3HrOOw==';
/** `printf 'app_id=1&name=张三' | openssl dgst -sha1 -sign KEY | base64`. */
const RSA =
  'hACCOCVFOr0+xMLwtL4iFCOsYrH8dVNv2uiv8v6oI7HnwgY1hDmOljAh9n+hkzZbCusDmXrP69Sf6huzJPNJnmt6YuOJwFUCY7isUdav2GJbv8FLn4ZG2bxmRvDR4zoFqjBktKZQ2fPk18l5N/93ed06iZb8d/uvw1vgBk7bqCfQcIhYiM8Pl6uPLfq9Gusci1mPy9AMmvGxBl1bIHOMalbEiJub0/8CuAD0coahJ5zI1FYa/yZ7MlvBabrCwkLB/F80HcL+xlExIaFX03nePMNheJXOHMdBZfvGLiBo8UGUUDutATQvrg0n67Yf2U0jVy+INTgiPwLPSID2IVdTVQ==';

describe('signing with nothing but the language', () => {
  it('writes a text in UTF-8, under either name', async () => {
    for (const charset of ['utf-8', 'UTF8']) {
      expect(await sign('app_id=1&name=张三', KEY, { signType: 'rsa', charset })).toBe(RSA);
      expect(verify('app_id=1&name=张三', RSA, KEY.publicKey, { signType: 'RSA', charset })).toBe(
        true,
      );
    }
    expect(verify('app_id=1&name=张三', RSA, KEY.publicKey)).toBe(false);
  });

  it('refuses any other charset, instead of signing other bytes', async () => {
    const refusal = expect.objectContaining({
      code: 'UNSUPPORTED_CHARSET',
      nextStep: 'Write the text in its charset yourself, and hand over the bytes.',
    });
    await expect(sign('张三', KEY, { charset: 'gbk' })).rejects.toEqual(refusal);
    expect(() => verify('张三', RSA, KEY.publicKey, { charset: 'gbk' })).toThrow(refusal);
  });

  it('signs bytes as they are', async () => {
    const bytes = Uint8Array.from(Buffer.from('app_id=1&name=\xd5\xc5\xc8\xfd', 'latin1'));
    expect(await sign(bytes, TEST_PRIVATE_KEY)).toBe(IN_GBK);
    expect(verify(bytes, IN_GBK, KEY.publicKey)).toBe(true);
  });

  it('refuses half of a character and an unknown sign type', async () => {
    await expect(sign('\uD842', KEY)).rejects.toMatchObject({ code: 'UNENCODABLE_CHARACTER' });
    await expect(sign('a', KEY, { signType: 'SM2' })).rejects.toMatchObject({
      code: 'UNSUPPORTED_SIGN_TYPE',
    });
  });
});
