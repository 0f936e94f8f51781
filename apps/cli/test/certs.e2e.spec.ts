import { writeFile } from 'node:fs/promises';
import {
  createGatewaySandbox,
  type GatewaySandbox,
  type SandboxCertificates,
} from '@zhimaper/gateway-sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { certificateSerialNumber, rootCertificateSerialNumber } from '@zhimaper/alipay-core';
import { runCli } from './support/built-cli.js';
import { capture } from './support/capture.js';
import { useFolder } from './support/folder.js';
import { newKeyPair } from './support/keys.js';

const at = useFolder();
let sandbox: GatewaySandbox;
let certificates: SandboxCertificates;

beforeAll(async () => {
  sandbox = await createGatewaySandbox();
  certificates = await sandbox.certificates();
});

afterAll(() => sandbox.close());

beforeEach(async () => {
  await writeFile(at('app.crt'), certificates.appCert);
  await writeFile(at('alipay.crt'), certificates.alipayCert);
  await writeFile(at('root.crt'), certificates.alipayRootCert);
  await writeFile(at('key.pem'), sandbox.keys.appPrivateKey);
});

describe('zhimaper certs sn', () => {
  it('prints the number of a certificate alone', async () => {
    const sn = certificateSerialNumber(certificates.appCert);
    expect(sn).toMatch(/^[\da-f]{32}$/);
    expect(await runCli(['certs', 'sn', at('app.crt')])).toEqual({
      status: 0,
      stdout: `${sn}\n`,
      stderr: '',
    });
  });

  it('prints the number of a file of roots, without the SM2 one', async () => {
    const sn = rootCertificateSerialNumber(certificates.alipayRootCert);
    expect(sn).toMatch(/^[\da-f]{32}_[\da-f]{32}$/);
    const run = await capture(['certs', 'sn', '-', '--json'], {
      stdin: certificates.alipayRootCert,
    });
    expect(run.stdout).toBe(`{"sn":"${sn}"}\n`);
  });

  it('says that a file holds no certificate', async () => {
    const run = await capture(['certs', 'sn', at('key.pem'), '--json']);
    expect(run.stdout).toBe('{"sn":null}\n');
    expect(run.stderr).toContain(`error: ${at('key.pem')}: `);
    expect(run.status).toBe(2);
  });
});

describe('zhimaper certs inspect', () => {
  it('shows each certificate of a file', async () => {
    const run = await runCli(['certs', 'inspect', at('alipay.crt'), '--json']);
    const [leaf, issuer] = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(leaf).toMatchObject({
      position: 1,
      sn: certificateSerialNumber(certificates.alipayCert),
      bits: 2048,
      isAuthority: false,
    });
    expect(issuer).toMatchObject({ position: 2, subject: leaf?.['issuer'], isAuthority: true });
    expect(run.status).toBe(0);
  });

  it('shows for people how long it is valid, in UTC where asked to', async () => {
    const run = await runCli(['certs', 'inspect', at('app.crt'), '--utc']);
    expect(run.stdout).toMatch(/^valid until\t\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ \(\d+ days left\)$/m);
  });
});

describe('zhimaper certs verify', () => {
  it('follows the chain to a root', async () => {
    const run = await runCli([
      'certs',
      'verify',
      at('alipay.crt'),
      '--root',
      at('root.crt'),
      '--json',
    ]);
    const verdict = JSON.parse(run.stdout) as { valid: boolean; chain: string[] };
    expect(verdict).toMatchObject({ valid: true, reason: null });
    expect(verdict.chain).toHaveLength(3);
    expect(run.status).toBe(0);
  });

  it('says that it expired', async () => {
    const run = await capture(
      ['certs', 'verify', at('alipay.crt'), '--root', at('root.crt'), '--json'],
      { now: new Date('2126-01-01T00:00:00Z') },
    );
    expect(JSON.parse(run.stdout)).toMatchObject({ valid: false, reason: 'CERTIFICATE_EXPIRED' });
    expect(run.status).toBe(1);
  });

  it('does not trust a certificate whose root is not there', async () => {
    const run = await capture(
      ['certs', 'verify', at('alipay.crt'), '--root', at('app.crt'), '--json'],
      { now: new Date() },
    );
    expect(JSON.parse(run.stdout)).toMatchObject({ reason: 'CERTIFICATE_NOT_TRUSTED' });
    expect(run.status).toBe(1);
  });

  it('sees that a certificate belongs to another key', async () => {
    await writeFile(at('other.pem'), newKeyPair().privateKey);
    const args = ['certs', 'verify', at('app.crt'), '--root', at('root.crt'), '--json'];
    const run = await capture([...args, '--private-key-file', at('other.pem')]);
    expect(run.stdout).toBe(
      '{"valid":false,"reason":"APP_CERTIFICATE_MISMATCH","detail":"The certificate is not for this private key.","notAfter":null,"chain":null}\n',
    );
    expect(run.status).toBe(1);
  });
});
