import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGatewaySandbox, type GatewaySandbox } from '@zhimaper/gateway-sandbox';
import { gatewayOptions } from '../src/alipay/gateway-options.js';
import { environmentSchema } from '../src/config/environment-schema.js';
import { describeFaults, readEnvironment } from '../src/config/read-environment.js';
import { AlipayClient } from '@zhimaper/alipay-core';
import { testVariables } from './support/test-api.js';

let sandbox: GatewaySandbox;
const files = new Map<string, string>();
const CERTIFICATES = {
  ALIPAY_APP_CERT_FILE: '/keys/app-cert.crt',
  ALIPAY_CERT_FILE: '/keys/alipay-cert.crt',
  ALIPAY_ROOT_CERT_FILE: '/keys/alipay-root.crt',
};

beforeAll(async () => {
  sandbox = await createGatewaySandbox();
  const { appCert, alipayCert, alipayRootCert } = await sandbox.certificates();
  files.set(CERTIFICATES.ALIPAY_APP_CERT_FILE, appCert);
  files.set(CERTIFICATES.ALIPAY_CERT_FILE, alipayCert);
  files.set(CERTIFICATES.ALIPAY_ROOT_CERT_FILE, alipayRootCert);
});
afterAll(() => sandbox.close());

function read(changes: Record<string, string | undefined>) {
  const { ALIPAY_PUBLIC_KEY: _, ...variables } = testVariables('postgres://db/zhimaper', sandbox);
  return readEnvironment({ ...variables, ...changes }, environmentSchema, (path) => {
    const text = files.get(path);
    if (text === undefined) throw Object.assign(new Error('no file'), { code: 'ENOENT' });
    return text;
  });
}
function faultsOf(changes: Record<string, string | undefined>): string[] {
  const reading = read(changes);
  return reading.ok ? [] : reading.faults.map(({ variable, message }) => `${variable} ${message}`);
}

describe('the environment of certificate mode', () => {
  it('makes a client that calls by certificates', async () => {
    const reading = read(CERTIFICATES);
    if (!reading.ok) throw new Error(describeFaults(reading.faults));
    const client = new AlipayClient(gatewayOptions(reading.environment));
    const result = await client.applyZhimaAuthorization({
      ...{ certType: 'IDENTITY_CARD', certNo: '330701199901011311', name: '张三' },
      mobile: '13588111111',
    });
    await client.close();

    expect(result).toMatchObject({ outcome: 'success', verified: true });
  });

  it('is either a key or three files', () => {
    const { alipayPublicKey } = sandbox.keys;

    expect(faultsOf({})).toEqual([
      'ALIPAY_PUBLIC_KEY is required (or ALIPAY_PUBLIC_KEY_FILE, or the three files of certificate mode)',
    ]);
    expect(faultsOf({ ...CERTIFICATES, ALIPAY_PUBLIC_KEY: alipayPublicKey })).toEqual([
      'ALIPAY_PUBLIC_KEY is given together with ALIPAY_APP_CERT_FILE, ALIPAY_CERT_FILE, ALIPAY_ROOT_CERT_FILE: unset one or the other',
    ]);
    expect(faultsOf({ ALIPAY_CERT_FILE: CERTIFICATES.ALIPAY_CERT_FILE })).toEqual([
      'ALIPAY_APP_CERT_FILE is required with ALIPAY_CERT_FILE',
      'ALIPAY_ROOT_CERT_FILE is required with ALIPAY_CERT_FILE',
    ]);
  });

  it('tells every fault at once', () => {
    expect(
      faultsOf({ ...CERTIFICATES, ALIPAY_CERT_FILE: '/keys/missing.crt', ALIPAY_TIMEOUT_MS: '5' }),
    ).toEqual([
      'ALIPAY_CERT_FILE cannot be read (ENOENT)',
      'ALIPAY_TIMEOUT_MS must be a whole number from 100 to 120000',
    ]);
  });

  it('names the file at fault', () => {
    const alipay = { ...CERTIFICATES, ALIPAY_APP_CERT_FILE: CERTIFICATES.ALIPAY_CERT_FILE };
    const root = { ...CERTIFICATES, ALIPAY_ROOT_CERT_FILE: CERTIFICATES.ALIPAY_APP_CERT_FILE };

    expect(faultsOf(alipay)).toEqual([
      expect.stringMatching(/^ALIPAY_APP_CERT_FILE .*does not belong to the private key/),
    ]);
    expect(faultsOf(root)).toEqual([
      expect.stringMatching(/^ALIPAY_CERT_FILE .*No certificate at hand issued/),
    ]);
  });
});
