import { describe, expect, it } from '@jest/globals';

import { OLD_RSA_ROOT, SM2_ROOT } from './fixed-roots.js';
import { certificateSn, rootBundleSn } from './serial-number.js';

// md5sum of what OpenSSL prints as issuer (RFC 2253) and serial number; of the RSA root, the JDK says the same.
describe('certificateSn', () => {
  it.each([
    ['a serial number of one byte', OLD_RSA_ROOT, '08c0fc47a91451a6e68d04acfa479a4e'],
    ['a serial number of 16 bytes', SM2_ROOT, '3075d7dd15c76d26deda9ffb1f201540'],
  ])('of a certificate with %s', (_, pem, sn) => {
    expect(certificateSn(pem)).toBe(sn);
  });
});

describe('rootBundleSn', () => {
  it('joins the RSA roots in their order and leaves the SM2 one out', () => {
    expect(rootBundleSn(OLD_RSA_ROOT + SM2_ROOT + OLD_RSA_ROOT)).toBe(
      '08c0fc47a91451a6e68d04acfa479a4e_08c0fc47a91451a6e68d04acfa479a4e',
    );
    expect(rootBundleSn(SM2_ROOT)).toBe('');
  });
});
