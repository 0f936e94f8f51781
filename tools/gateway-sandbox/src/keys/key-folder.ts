import { createPrivateKey, createPublicKey, randomUUID, type KeyObject } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isCertificateOf, type WantedCertificate } from './certificate-check.js';
import { generatePrivateKey, privatePem, publicPem, type SandboxKeys } from './key-pairs.js';

export interface KeyFolderOptions {
  appId: string;
  /** Milliseconds since 1970; dates the certificates. */
  now: number;
}

/**
 * Reads the keys of a folder, and makes what is missing. A private key is never overwritten; what follows from it (its
 * public key, its certificate) is written anew where it is missing or no longer belongs to it.
 *
 * @throws Error where a file holds no RSA key, or a public key has lost its private one
 */
export async function openKeyFolder(dir: string, options: KeyFolderOptions): Promise<SandboxKeys> {
  await mkdir(dir, { recursive: true });
  const [app, alipay] = await Promise.all([openKeyPair(dir, 'app'), openKeyPair(dir, 'alipay')]);
  await openCertificates(dir, { app, alipay }, options);
  return {
    appPrivateKey: privatePem(app),
    appPublicKey: publicPem(app),
    alipayPrivateKey: privatePem(alipay),
    alipayPublicKey: publicPem(alipay),
  };
}

async function openKeyPair(dir: string, owner: string): Promise<KeyObject> {
  const privatePath = join(dir, `${owner}-private-key.pem`);
  const publicPath = join(dir, `${owner}-public-key.pem`);
  const publicText = await readIfThere(publicPath);
  if (publicText !== null && (await readIfThere(privatePath)) === null) {
    throw new Error(
      `${publicPath} is there without ${owner}-private-key.pem. Add the private key, or remove the public one.`,
    );
  }
  const key = await openPrivateKey(privatePath);
  if (publicText === null || !isPublicHalf(publicText, key)) {
    await replaceFile(publicPath, publicPem(key));
  }
  return key;
}

async function openCertificates(
  dir: string,
  { app, alipay }: { app: KeyObject; alipay: KeyObject },
  { appId, now }: KeyFolderOptions,
): Promise<void> {
  const rootKey = await openPrivateKey(join(dir, 'alipay-root-private-key.pem'));
  // Only where something has to be issued: the library takes a quarter of a second to load.
  const issuing = () => import('./certificates.js');
  const root = await openCertificate(
    { path: join(dir, 'alipay-root.crt'), key: rootKey, now },
    async () => (await issuing()).issueRoot(rootKey, now),
  );
  const leaves = [
    { path: join(dir, 'app-cert.crt'), key: app, commonName: appId },
    { path: join(dir, 'alipay-cert.crt'), key: alipay, commonName: 'Gateway Sandbox' },
  ];
  for (const { path, key, commonName } of leaves) {
    await openCertificate({ path, key, now, root }, async () =>
      (await issuing()).issueLeaf({ commonName, privateKey: key, rootPrivateKey: rootKey, now }),
    );
  }
}

/** The certificate of that file, or the one issued in its place. */
async function openCertificate(
  { path, ...wanted }: { path: string } & WantedCertificate,
  issue: () => Promise<string>,
): Promise<string> {
  const text = await readIfThere(path);
  if (text !== null && isCertificateOf(text, wanted)) return text;
  const issued = await issue();
  await replaceFile(path, issued);
  return issued;
}

async function openPrivateKey(path: string): Promise<KeyObject> {
  const text = await readIfThere(path);
  if (text !== null) return parsePrivateKey(text, path);
  await createFile(path, privatePem(await generatePrivateKey()));
  // Another process may have been first; then both go by its key.
  return parsePrivateKey(await readFile(path, 'utf8'), path);
}

function parsePrivateKey(text: string, path: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch (cause) {
    throw new Error(`${path} holds no private key in PEM.`, { cause });
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw new Error(`${path} holds a key of type ${key.asymmetricKeyType}; RSA is wanted.`);
  }
  return key;
}

function isPublicHalf(publicText: string, privateKey: KeyObject): boolean {
  try {
    return createPublicKey(publicText).equals(createPublicKey(privateKey));
  } catch {
    return false;
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Whole or not at all, readable by its owner only, and never over a file that is there. */
async function createFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { mode: 0o600 });
    await link(draft, path);
  } catch (error) {
    if (!isErrorWithCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Whole or not at all; what is there gives way. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text);
  await rename(draft, path);
}

function isErrorWithCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
