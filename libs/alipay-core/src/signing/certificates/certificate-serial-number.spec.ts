import { describe, expect, it } from '@jest/globals';
import { ALIPAY_INTERMEDIATE, ALIPAY_ROOTS } from '../../../test/fixtures/alipay-roots.js';
import { TEST_CERTIFICATE, TEST_PRIVATE_KEY } from '../../../test/fixtures/test-key.js';
import { AlipayError } from '../../errors/alipay-error.js';
import {
  certificateSerialNumber,
  rootCertificateSerialNumber,
} from './certificate-serial-number.js';
import { readCertificates } from './read-certificates.js';

const ROOT_SN = '687b59193f3f462dd5336e5abf83c5d8_02941eef3187dddf3d3b83462e1dfcf6';
const BLOCKS = ALIPAY_ROOTS.split(/(?=-----BEGIN)/);

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof AlipayError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'read';
}

describe("Alipay's own root certificates", () => {
  it('have the serial number that Alipay publishes for them', () => {
    expect(rootCertificateSerialNumber(ALIPAY_ROOTS)).toBe(ROOT_SN);
  });

  it('are told apart by the algorithm that signed them', () => {
    const certificates = readCertificates(ALIPAY_ROOTS);

    expect(certificates.map((certificate) => certificate.signatureAlgorithm)).toEqual([
      '1.2.156.10197.1.501',
      '1.2.840.113549.1.1.11',
      '1.2.840.10045.4.3.3',
      '1.2.840.113549.1.1.5',
    ]);
    expect(certificates.map(({ publicKey }) => publicKey?.modulusBits ?? null)).toEqual([
      null,
      4096,
      null,
      2048,
    ]);
  });

  it('say what they are', () => {
    expect(readCertificates(ALIPAY_ROOTS)[1]).toMatchObject({
      subject:
        'CN=Ant Financial Certification Authority R1,OU=Certification Authority,O=Ant Financial,C=CN',
      issuer:
        'CN=Ant Financial Certification Authority R1,OU=Certification Authority,O=Ant Financial,C=CN',
      serialNumber: '2292228364100439313',
      notBefore: new Date('2018-03-21T13:48:40Z'),
      notAfter: new Date('2038-02-28T13:48:40Z'),
      isAuthority: true,
      pathLength: null,
      maySignCertificates: true,
      unknownCriticalExtensions: [],
    });
  });

  it('have none where all are signed with SM2 or ECDSA', () => {
    const others = [BLOCKS[0], BLOCKS[2]].join('');

    expect(refusal(() => rootCertificateSerialNumber(others))).toBe(
      'INVALID_CERTIFICATE: Found no certificate signed with RSA, wanted an X.509 certificate.',
    );
  });
});

describe('the text of certificates', () => {
  const bare = ALIPAY_INTERMEDIATE.replace(/-----[^-]+-----|\s/g, '');
  const SN = 'd04725290cc29a7f216e0b31e5897f69';

  it.each([
    ['Windows line ends', ALIPAY_INTERMEDIATE.replaceAll('\n', '\r\n')],
    ['literal line ends', ALIPAY_INTERMEDIATE.replaceAll('\n', '\\n')],
    ['text around it', `subject=CN = x\n${ALIPAY_INTERMEDIATE}\nthe end`],
    ['the old label', ALIPAY_INTERMEDIATE.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
    ['a byte order mark', `\uFEFF${ALIPAY_INTERMEDIATE}`],
    ['bare base64', bare],
    ['others behind it', ALIPAY_INTERMEDIATE + ALIPAY_ROOTS],
    ['a key before it', TEST_PRIVATE_KEY + ALIPAY_INTERMEDIATE],
  ])('is read with %s', (_, text) => {
    expect(certificateSerialNumber(text)).toBe(SN);
  });

  it.each([
    ['', 'empty text'],
    ['hello', 'damaged base64'],
    ['{"a":1}', 'unknown text'],
    [TEST_PRIVATE_KEY, 'a PEM block "PRIVATE KEY"'],
    ['-----BEGIN CERTIFICATE-----\nMIIB', 'a PEM block without its end'],
    [TEST_CERTIFICATE + BLOCKS[0]!.slice(0, 100), 'a PEM block without its end'],
    [Buffer.from(TEST_CERTIFICATE).toString('base64'), 'PEM text in base64'],
    [bare.slice(0, 400), 'damaged bytes as certificate 1'],
    [`${bare}AAAA`, 'damaged bytes as certificate 1'],
    [TEST_CERTIFICATE.replace(/MIID/, 'MIIE'), 'damaged bytes as certificate 1'],
    [ALIPAY_ROOTS.replace('MIIF0zCC', 'MIIF1zCC'), 'damaged bytes as certificate 2'],
    ['A'.repeat(1_048_577), 'a text too long for certificates'],
  ])('is refused where it is none (%#)', (text, found) => {
    expect(refusal(() => certificateSerialNumber(text))).toBe(
      `INVALID_CERTIFICATE: Found ${found}, wanted an X.509 certificate.`,
    );
  });
});
