import { describe, expect, it } from '@jest/globals';
import {
  ALIPAY,
  answerBy,
  APP,
  certificateGateway,
  codesOf,
  CONFIGURED,
  issue,
  METHOD,
  MODE,
  newKey,
  NOW,
  ROOT,
} from '../../test/certificate-gateway.js';
import { TEST_PRIVATE_KEY } from '../../test/fixtures/test-key.js';
import { AlipayError } from '../errors/alipay-error.js';
import {
  certificateSerialNumber,
  readPrivateKey,
  rootCertificateSerialNumber,
} from '../signing/index.js';
import type { GatewayClientOptions } from './client-options.js';
import { GatewayClient } from './gateway-client.js';

const succeed = () => answerBy(CONFIGURED);

function refusal(options: Partial<GatewayClientOptions>): string {
  try {
    new GatewayClient({ appId: '1', privateKey: TEST_PRIVATE_KEY, clock: () => NOW, ...options });
  } catch (error) {
    if (error instanceof AlipayError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'made';
}

describe('the options of certificate mode', () => {
  const ownKey = readPrivateKey(TEST_PRIVATE_KEY).publicKey;
  const { alipayRootCertificate: _, ...withoutRoot } = MODE;

  it('are three certificates and no key', () => {
    expect(refusal(MODE)).toBe('made');
    expect(refusal({ ...MODE, alipayPublicKey: ALIPAY })).toBe(
      'INVALID_CONFIG: alipayPublicKey is given together with appCertificate, alipayCertificate, alipayRootCertificate.',
    );
    expect(refusal(withoutRoot)).toBe(
      'INVALID_CONFIG: alipayRootCertificate is missing or not a text.',
    );
    expect(refusal({})).toBe('INVALID_CONFIG: alipayPublicKey is missing or not a text.');
    expect(refusal({ alipayPublicKey: ownKey })).toMatch(/^ALIPAY_PUBLIC_KEY_IS_OWN: /);
  });

  it.each([
    [
      'another key',
      { appCertificate: issue({ key: newKey() }) },
      'APP_CERTIFICATE_MISMATCH: appCertificate: The certificate does not belong to the private key: each has another public key.',
    ],
    [
      "the application's own",
      { alipayCertificate: APP },
      "ALIPAY_PUBLIC_KEY_IS_OWN: alipayCertificate: It is the application's own public key: it belongs to the given private key.",
    ],
    [
      'no certificate',
      { appCertificate: TEST_PRIVATE_KEY },
      'INVALID_CERTIFICATE: appCertificate: Found a PEM block "PRIVATE KEY", wanted an X.509 certificate.',
    ],
    [
      'another root',
      { alipayRootCertificate: ALIPAY },
      'CERTIFICATE_NOT_TRUSTED: alipayCertificate: No certificate at hand issued the certificate with the serial number 3.',
    ],
    [
      'an expired one',
      { alipayCertificate: issue({ serialNumber: 5n, notAfter: new Date(NOW.getTime() - 1) }) },
      'CERTIFICATE_EXPIRED: alipayCertificate: The certificate with the serial number 5 expired at 2029-12-31T23:59:59.000Z.',
    ],
    [
      'one of tomorrow',
      { alipayCertificate: issue({ serialNumber: 5n, notBefore: new Date('2030-01-02') }) },
      'CERTIFICATE_NOT_YET_VALID: alipayCertificate: The certificate with the serial number 5 is valid from 2030-01-02T00:00:00.000Z only.',
    ],
  ])('are refused with %s', (_name, changes, message) => {
    expect(refusal({ ...MODE, ...changes })).toBe(message);
  });

  it("are refused with an application's certificate that has expired", () => {
    const clock = () => new Date('2036-01-01T00:00:01Z');

    expect(refusal({ ...MODE, clock })).toMatch(/^CERTIFICATE_EXPIRED: appCertificate: /);
  });
});

describe('a call in certificate mode', () => {
  it('sends the serial numbers, signed', async () => {
    const { client, sent } = certificateGateway(succeed);

    expect(await client.execute(METHOD)).toMatchObject({ outcome: 'success', verified: true });
    expect(Object.fromEntries(sent[0]!.query)).toMatchObject({
      app_cert_sn: certificateSerialNumber(APP),
      alipay_root_cert_sn: rootCertificateSerialNumber(ROOT),
    });
  });

  it('believes an answer that names no certificate by the configured one', async () => {
    const { client, downloads } = certificateGateway(() => answerBy({ ...CONFIGURED, sn: null }));

    expect(await client.execute(METHOD)).toMatchObject({ outcome: 'success' });
    expect(downloads()).toEqual([]);
  });

  it('believes no answer by another key under the configured number', async () => {
    const { client } = certificateGateway(() => answerBy({ sn: CONFIGURED.sn, key: newKey() }));

    expect(await client.execute(METHOD)).toMatchObject({
      outcome: 'unknown-outcome',
      reason: 'invalid-signature',
    });
  });

  it('believes no answer once the configured certificate has expired', async () => {
    let now = NOW;
    const { client } = certificateGateway(succeed, { clock: () => now });
    now = new Date('2036-01-01T00:00:00.001Z');
    const answer = await client.execute(METHOD);

    expect(answer).toMatchObject({
      outcome: 'unknown-outcome',
      reason: 'untrusted-certificate',
      description:
        'The answer is signed with a certificate that is not trusted, so it is not believed. The certificate that it names expired at 2036-01-01T00:00:00.000Z.',
    });
  });
});

describe('the warning before a certificate expires', () => {
  const until = (notAfter: string) => ({
    alipayCertificate: issue({ serialNumber: 3n, notAfter: new Date(notAfter) }),
  });

  it.each([
    ['2030-01-31T00:00:00Z', []],
    ['2030-01-30T23:59:59Z', ['CERTIFICATE_EXPIRES_SOON']],
  ])('comes within 30 days, as of %s', (notAfter, codes) => {
    const { client } = certificateGateway(succeed, until(notAfter));

    expect(codesOf(client.warnings)).toEqual(codes);
  });

  it('comes while the client is in use, for each of the two', () => {
    let now = NOW;
    const { client } = certificateGateway(succeed, { clock: () => now });
    expect(client.warnings).toEqual([]);
    now = new Date('2035-12-20T00:00:00Z');

    expect(client.warnings).toEqual(
      ['appCertificate', 'alipayCertificate'].map((option) => ({
        code: 'CERTIFICATE_EXPIRES_SOON',
        message: `${option} is valid until 2036-01-01T00:00:00.000Z only: download a new one from the open platform's console and configure it before.`,
      })),
    );
  });
});
