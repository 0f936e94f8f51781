import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { certificateSerialNumber, rootCertificateSerialNumber } from '@zhimaper/alipay-core';
import { capture } from './support/capture.js';
import { personJson, startTestGateway, type TestGateway } from './support/gateway.js';

let gateway: TestGateway;
let folder: string;
let env: Record<string, string>;
let serialNumbers: { app: string; root: string };

beforeAll(async () => {
  gateway = await startTestGateway();
  folder = await mkdtemp(join(tmpdir(), 'zhimaper-certificates-'));
  const { appCert, alipayCert, alipayRootCert } = await gateway.sandbox.certificates();
  const { ALIPAY_PUBLIC_KEY: _, ...withoutKey } = gateway.env;
  env = {
    ...withoutKey,
    ALIPAY_APP_CERT_FILE: await write('app-cert.crt', appCert),
    ALIPAY_CERT_FILE: await write('alipay-cert.crt', alipayCert),
    ALIPAY_ROOT_CERT_FILE: await write('alipay-root.crt', alipayRootCert),
  };
  serialNumbers = {
    app: certificateSerialNumber(appCert),
    root: rootCertificateSerialNumber(alipayRootCert),
  };
});
afterAll(async () => {
  await gateway.sandbox.close();
  await rm(folder, { recursive: true });
});

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
function apply(changes: Record<string, string> = {}, ...flags: string[]) {
  return capture(['gateway', 'apply', '--json', '--input', '-', ...flags], {
    env: { ...env, ...changes },
    stdin: personJson(),
    now: new Date(),
  });
}

describe('zhimaper gateway in certificate mode', () => {
  it('applies, with an answer verified by certificate', async () => {
    const run = await apply();
    const [pair] = gateway.sandbox.ledger().tokens;

    expect(JSON.parse(run.stdout)).toMatchObject({
      outcome: 'success',
      accessToken: pair?.accessToken,
    });
    expect(run.status).toBe(0);
  });

  it('shows the serial numbers in a dry run', async () => {
    const run = await apply({}, '--dry-run');
    const { stringToSign } = JSON.parse(run.stdout) as { stringToSign: string };

    expect(stringToSign).toContain(
      `alipay_root_cert_sn=${serialNumbers.root}&app_cert_sn=${serialNumbers.app}&`,
    );
  });

  it.each([
    [{ ALIPAY_PUBLIC_KEY: 'set' }, 'ALIPAY_PUBLIC_KEY is set together with ALIPAY_APP_CERT_FILE, '],
    [{ ALIPAY_CERT_FILE: '' }, 'ALIPAY_CERT_FILE must be set too, with ALIPAY_APP_CERT_FILE, '],
    [{ ALIPAY_CERT_FILE: '/nowhere' }, 'ALIPAY_CERT_FILE names a file that does not serve: '],
  ])('refuses %j', async (changes, fault) => {
    const run = await apply(changes);

    expect(run.stderr).toContain(`  ${fault}`);
    expect(run.status).toBe(78);
  });

  it('says which file is another than it should be', async () => {
    const own = await apply({ ALIPAY_APP_CERT_FILE: env['ALIPAY_CERT_FILE']! });
    const key = await apply({ ALIPAY_APP_CERT_FILE: await write('x', 'no certificate') });

    expect(own.stderr).toContain(
      '  ALIPAY_APP_CERT_FILE does not serve: appCertificate: The certificate does not belong to the private key',
    );
    expect(key.stderr).toContain('  ALIPAY_APP_CERT_FILE holds no usable certificate: Found ');
    expect([own.status, key.status]).toEqual([78, 78]);
  });
});
