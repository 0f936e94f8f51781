import { describe, expect, it } from '@jest/globals';
import { TEST_CERTIFICATE, TEST_PRIVATE_KEY } from '../../test/fixtures/test-key.js';
import { readPrivateKey } from './read-private-key.js';
import { parseSignType } from './sign-type.js';
import { sign } from './sign.js';
import { verify } from './verify.js';

describe('sign and verify', () => {
  it('take keys as text or read before, and agree', async () => {
    const signature = await sign('a=张', TEST_PRIVATE_KEY, { charset: 'GBK', signType: 'rsa' });
    const again = await sign(
      Uint8Array.of(0x61, 0x3d, 0xd5, 0xc5),
      readPrivateKey(TEST_PRIVATE_KEY),
      {
        signType: 'RSA',
      },
    );
    expect(again).toBe(signature);
    const options = { charset: 'gbk', signType: 'RSA' };
    expect(verify('a=张', signature, TEST_CERTIFICATE, options)).toBe(true);
    expect(verify('a=张', signature, TEST_CERTIFICATE, { signType: 'RSA' })).toBe(false);
    expect(verify('a=张', 'nonsense', TEST_CERTIFICATE, options)).toBe(false);
  });

  it('refuse what is no sign type', () => {
    expect(() => parseSignType('SM2')).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_SIGN_TYPE',
        message: 'The sign type is neither RSA2 nor RSA.',
      }),
    );
  });
});
