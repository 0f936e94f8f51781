import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  X509Certificate,
} from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { issueLeaf, issueRoot, longFrom } from './certificates.js';
import { openKeyFolder } from './key-folder.js';

const NOW = Date.UTC(2026, 0, 1);
const options = { appId: '2021000000000001', now: NOW };

/** A whole folder, made once: generating keys is what takes time here. */
let whole: string;
let dir: string;
const at = (name: string) => join(dir, name);
const read = (name: string) => readFile(at(name), 'utf8');
const certificate = async (name: string) => new X509Certificate(await read(name));

beforeAll(async () => {
  whole = await mkdtemp(join(tmpdir(), 'sandbox-keys-'));
  await openKeyFolder(whole, options);
});
afterAll(async () => {
  await rm(whole, { recursive: true });
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sandbox-keys-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

/** Reads the folder's keys as they were, for comparison. */
async function fillFolder() {
  await cp(whole, dir, { recursive: true });
  return openKeyFolder(dir, options);
}

const certificatesIn = async (name: string) =>
  ((await read(name)).match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );

async function expectConsistentFolder(): Promise<void> {
  const roots = await certificatesIn('alipay-root.crt');
  expect(roots.map((one) => one.subject.split('CN=')[1])).toEqual([
    'Gateway Sandbox Root E1',
    'Gateway Sandbox Root R1',
    'Gateway Sandbox Root R2',
  ]);
  const root = roots[1]!;
  expect(root.verify(root.publicKey)).toBe(true);
  const issuing = await certificate('alipay-ca.crt');
  expect([issuing.checkIssued(root), issuing.verify(root.publicKey)]).toEqual([true, true]);
  expect((await certificatesIn('alipay-cert.crt'))[1]!.fingerprint256).toBe(issuing.fingerprint256);
  for (const owner of ['app', 'alipay']) {
    const key = createPrivateKey(await read(`${owner}-private-key.pem`));
    const issued = await certificate(`${owner}-cert.crt`);
    expect(
      createPublicKey(key).equals(createPublicKey(await read(`${owner}-public-key.pem`))),
    ).toBe(true);
    expect(issued.checkPrivateKey(key)).toBe(true);
    expect(issued.checkIssued(issuing)).toBe(true);
    expect(issued.verify(issuing.publicKey)).toBe(true);
  }
}

describe('openKeyFolder', () => {
  it('makes every file in an empty folder, private keys for the owner alone', async () => {
    const { keys, encryptKey } = await openKeyFolder(dir, options);

    expect((await readdir(dir)).sort()).toEqual([
      'alipay-ca-private-key.pem',
      'alipay-ca.crt',
      'alipay-cert.crt',
      'alipay-private-key.pem',
      'alipay-public-key.pem',
      'alipay-root-private-key.pem',
      'alipay-root.crt',
      'app-cert.crt',
      'app-private-key.pem',
      'app-public-key.pem',
      'encrypt-key.txt',
    ]);
    expect(keys.appPrivateKey).toBe(await read('app-private-key.pem'));
    expect(keys.appPrivateKey.split('\n')[0]).toBe('-----BEGIN PRIVATE KEY-----');
    expect(keys.alipayPublicKey).toBe(await read('alipay-public-key.pem'));
    expect((await stat(at('app-private-key.pem'))).mode & 0o777).toBe(0o600);
    expect((await stat(at('alipay-root-private-key.pem'))).mode & 0o777).toBe(0o600);
    expect((await stat(at('encrypt-key.txt'))).mode & 0o777).toBe(0o600);
    expect((await stat(at('app-cert.crt'))).mode & 0o777).toBe(0o644);
    expect(await read('encrypt-key.txt')).toBe(`${encryptKey}\n`);
    expect(encryptKey).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect((await certificate('app-cert.crt')).subject).toBe(
      'C=CN\nO=Gateway Sandbox\nOU=Gateway Sandbox\nCN=2021000000000001',
    );
    expect((await certificate('alipay-cert.crt')).issuer).toBe(
      'C=CN\nO=Gateway Sandbox\nOU=Certification Authority\nCN=Gateway Sandbox Class 2 R1',
    );
    await expectConsistentFolder();
  });

  it('changes nothing in a whole folder', async () => {
    const contents = async () => Promise.all((await readdir(dir)).sort().map(read));
    await fillFolder();
    const before = await contents();
    await openKeyFolder(dir, options);
    expect(await contents()).toEqual(before);
  });

  it.each(['app-private-key.pem', 'alipay-private-key.pem'])(
    'keeps a %s that is there and makes the rest for it',
    async (name) => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
      await cp(whole, dir, { recursive: true });
      await writeFile(at(name), pem);
      await openKeyFolder(dir, options);
      expect(await read(name)).toBe(pem);
      await expectConsistentFolder();
    },
  );

  it.each([
    'app-cert.crt',
    'alipay-cert.crt',
    'alipay-ca.crt',
    'alipay-root.crt',
    'app-public-key.pem',
  ])('makes a missing %s again and keeps the keys', async (name) => {
    const { keys } = await fillFolder();
    await rm(at(name));
    expect((await openKeyFolder(dir, options)).keys).toEqual(keys);
    await expectConsistentFolder();
  });

  it('issues everything again where the root key is gone', async () => {
    const { keys } = await fillFolder();
    await rm(at('alipay-root-private-key.pem'));
    expect((await openKeyFolder(dir, options)).keys).toEqual(keys);
    await expectConsistentFolder();
  });

  it('issues the root again where the certificate there is not its own issuer', async () => {
    await fillFolder();
    const rootKey = createPrivateKey(await read('alipay-root-private-key.pem'));
    const validity = longFrom(NOW);
    const keys = { privateKey: rootKey, issuingPrivateKey: rootKey };
    await writeFile(at('alipay-root.crt'), await issueLeaf({ commonName: 'x', ...keys, validity }));
    await openKeyFolder(dir, options);
    await expectConsistentFolder();
  });

  it('completes a folder of the earlier form, with one root that issued all, and keeps its keys', async () => {
    const { keys } = await fillFolder();
    const rootKey = createPrivateKey(await read('alipay-root-private-key.pem'));
    const root = await issueRoot(rootKey, NOW);
    await writeFile(at('alipay-root.crt'), root);
    for (const name of ['alipay-ca.crt', 'alipay-ca-private-key.pem', 'encrypt-key.txt']) {
      await rm(at(name));
    }
    expect((await openKeyFolder(dir, options)).keys).toEqual(keys);
    expect(await read('alipay-root.crt')).toContain(root);
    await expectConsistentFolder();
  });

  it('issues certificates again that have expired', async () => {
    await fillFolder();
    const later = Date.UTC(2047, 0, 1);
    await openKeyFolder(dir, { ...options, now: later });
    expect(Date.parse((await certificate('app-cert.crt')).validTo)).toBe(Date.UTC(2066, 11, 27));
    await expectConsistentFolder();
  });

  it('lets two processes that start together agree', async () => {
    const [one, other] = await Promise.all([
      openKeyFolder(dir, options),
      openKeyFolder(dir, options),
    ]);
    expect([one.keys, one.encryptKey]).toEqual([other.keys, other.encryptKey]);
    for (const name of ['appCert', 'alipayCert', 'alipayRootCert'] as const) {
      expect(one.certificates[name]).toBe(other.certificates[name]);
    }
    expect(one.keys.appPrivateKey).toBe(await read('app-private-key.pem'));
  });

  it('refuses a public key whose private key is missing', async () => {
    await fillFolder();
    await rm(at('app-private-key.pem'));
    await expect(openKeyFolder(dir, options)).rejects.toThrow(
      `${at('app-public-key.pem')} is there without app-private-key.pem. Add the private key, or remove the public one.`,
    );
  });

  it('keeps a content key that is there, and refuses what is none', async () => {
    await fillFolder();
    await writeFile(at('encrypt-key.txt'), 'MDEyMzQ1Njc4OWFiY2RlZg==\r\n');
    expect((await openKeyFolder(dir, options)).encryptKey).toBe('MDEyMzQ1Njc4OWFiY2RlZg==');
    await writeFile(at('encrypt-key.txt'), 'hello');
    await expect(openKeyFolder(dir, options)).rejects.toThrow(
      `${at('encrypt-key.txt')} holds no content key in base64.`,
    );
  });

  it('refuses what is no RSA key', async () => {
    await fillFolder();
    await writeFile(at('app-private-key.pem'), 'hello');
    await expect(openKeyFolder(dir, options)).rejects.toThrow(
      `${at('app-private-key.pem')} holds no private key in PEM.`,
    );
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(at('app-private-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await expect(openKeyFolder(dir, options)).rejects.toThrow(
      `${at('app-private-key.pem')} holds a key of type ec; RSA is wanted.`,
    );
  });
});
