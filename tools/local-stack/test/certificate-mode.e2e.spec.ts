import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AlipayClient,
  certificateSerialNumber,
  rootCertificateSerialNumber,
  type GatewayClientOptions,
} from '@zhimaper/alipay-core';
import { createGatewaySandbox, type GatewaySandbox } from '@zhimaper/gateway-sandbox';

/** The interface document's example. */
const PERSON = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011311',
  name: '张三',
  mobile: '13588111111',
} as const;
const DOWNLOAD = 'alipay.open.app.alipaycert.download';

let sandbox: GatewaySandbox;
const clients: AlipayClient[] = [];

beforeAll(async () => {
  sandbox = await createGatewaySandbox();
});
beforeEach(() => {
  sandbox.reset();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await sandbox.close();
});

async function client(options: Partial<GatewayClientOptions> = {}): Promise<AlipayClient> {
  const { appCert, alipayCert, alipayRootCert } = await sandbox.certificates();
  const made = new AlipayClient({
    appId: sandbox.appId,
    privateKey: sandbox.keys.appPrivateKey,
    appCertificate: appCert,
    alipayCertificate: alipayCert,
    alipayRootCertificate: alipayRootCert,
    gatewayUrl: sandbox.gatewayUrl,
    timeoutMs: 10_000,
    ...options,
  });
  clients.push(made);
  return made;
}

const downloads = () => sandbox.ledger().requests.filter(({ method }) => method === DOWNLOAD);

describe('certificate mode against the sandbox', () => {
  it.each([
    ['utf-8', 'RSA2'],
    ['utf-8', 'RSA'],
    ['gbk', 'RSA2'],
    ['gb18030', 'RSA'],
  ])('takes a person through in %s with %s', async (charset, signType) => {
    const result = await (await client({ charset, signType })).applyZhimaAuthorization(PERSON);

    expect(result).toMatchObject({ outcome: 'success', verified: true });
    expect(sandbox.ledger().tokens).toMatchObject([
      { accessToken: result.outcome === 'success' ? result.accessToken : '' },
    ]);
    expect(downloads()).toEqual([]);
  });

  it('counts serial numbers as the sandbox does', async () => {
    const { appCert, alipayRootCert } = await sandbox.certificates();
    const rotated = await sandbox.rotateCertificate();

    expect(certificateSerialNumber(rotated.alipayCert)).toBe(rotated.alipayCertSn);
    expect(certificateSerialNumber(appCert)).toMatch(/^[0-9a-f]{32}$/);
    expect(rootCertificateSerialNumber(alipayRootCert)).toMatch(/^[0-9a-f]{32}_[0-9a-f]{32}$/);
  });
});

describe("a change of Alipay's certificate", () => {
  it('loses none of 50 calls, and costs one download', async () => {
    const alipay = await client();
    await sandbox.rotateCertificate();
    const results = await Promise.all(
      Array.from({ length: 50 }, () => alipay.applyZhimaAuthorization(PERSON)),
    );
    const received = results.map((result) =>
      result.outcome === 'success' ? result.accessToken : result.reason,
    );

    expect(new Set(received)).toEqual(
      new Set(sandbox.ledger().tokens.map(({ accessToken }) => accessToken)),
    );
    expect(new Set(received).size).toBe(50);
    expect(downloads()).toHaveLength(1);
  });

  it.each([
    ['of a foreign authority', { trusted: false }, 'is not signed by the issuer that it names'],
    ['that has expired', { validDays: -1 }, 'expired at'],
  ])('to one %s is refused, and the bytes of the answer kept', async (_, rotation, why) => {
    const alipay = await client();
    await sandbox.rotateCertificate(rotation);
    const result = await alipay.applyZhimaAuthorization(PERSON);
    const [token] = sandbox.ledger().tokens;

    expect(result).toMatchObject({
      outcome: 'unknown-outcome',
      reason: 'untrusted-certificate',
      verified: false,
      description: expect.stringContaining(why),
    });
    const kept = result.outcome === 'success' ? null : result.rawBody;
    expect(Buffer.from(kept ?? []).toString()).toContain(token?.accessToken);
  });
});
