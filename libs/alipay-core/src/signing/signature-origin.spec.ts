import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { TEST_CERTIFICATE, TEST_PRIVATE_KEY } from '../../test/fixtures/test-key.js';
import { readPublicKey } from './read-public-key.js';
import { sign } from './sign.js';
import { signTypeMadeBy } from './signature-origin.js';

const KEY = readPublicKey(TEST_CERTIFICATE);

describe('signTypeMadeBy', () => {
  it.each(['RSA', 'RSA2'] as const)('knows a signature of %s whatever was signed', async (type) => {
    for (const content of ['', 'a=1', '张']) {
      expect(signTypeMadeBy(await sign(content, TEST_PRIVATE_KEY, { signType: type }), KEY)).toBe(type); // prettier-ignore
    }
  });

  it('knows none of another key, and nothing that is no signature', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const other = readPublicKey(publicKey.export({ type: 'spki', format: 'pem' }).toString());
    const signature = await sign('a=1', TEST_PRIVATE_KEY);
    expect(signTypeMadeBy(signature, other)).toBeNull();
    expect(signTypeMadeBy('', KEY)).toBeNull();
    expect(signTypeMadeBy('%', KEY)).toBeNull();
    expect(signTypeMadeBy(signature.slice(4), KEY)).toBeNull();
    expect(signTypeMadeBy('/'.repeat(342) + '==', KEY)).toBeNull();
  });
});
