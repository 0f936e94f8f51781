import {
  createPrivateKey,
  createPublicKey,
  randomBytes,
  randomUUID,
  type KeyObject,
} from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readContentKey } from '../wire/content-encryption.js';
import { completeCertificates, type CertificateSet } from './certificate-set.js';
import { generatePrivateKey, privatePem, publicPem, type SandboxKeys } from './key-pairs.js';

export interface KeyFolderOptions {
  appId: string;
  /** Milliseconds since 1970; dates the certificates. */
  now: number;
}

export interface KeyFolder {
  keys: SandboxKeys;
  certificates: CertificateSet;
  /** The app's content key in base64. */
  encryptKey: string;
}

const OWNER_ONLY = 0o600;
const FOR_ALL = 0o644;

/** 128 bits, as the platform hands them out. */
const ENCRYPT_KEY_BYTES = 16;

/**
 * Reads the keys of a folder, and makes what is missing. A key is never overwritten; what follows from it (its public
 * key, its certificate) is written anew where it is missing or no longer belongs to it.
 *
 * @throws Error where a file holds no RSA or content key, or a public key has lost its private one
 */
export async function openKeyFolder(dir: string, options: KeyFolderOptions): Promise<KeyFolder> {
  await mkdir(dir, { recursive: true });
  const [app, alipay, root, issuing, encryptKey] = await Promise.all([
    openKeyPair(dir, 'app'),
    openKeyPair(dir, 'alipay'),
    openPrivateKey(join(dir, 'alipay-root-private-key.pem')),
    openPrivateKey(join(dir, 'alipay-ca-private-key.pem')),
    openEncryptKey(join(dir, 'encrypt-key.txt')),
  ]);
  const certificates = await completeCertificates(
    { app, alipay, root, issuing },
    options,
    (name, complete) => completeFile(join(dir, name), complete),
  );
  return {
    keys: {
      appPrivateKey: privatePem(app),
      appPublicKey: publicPem(app),
      alipayPrivateKey: privatePem(alipay),
      alipayPublicKey: publicPem(alipay),
    },
    certificates,
    encryptKey,
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

async function openEncryptKey(path: string): Promise<string> {
  const text = await completeFile(
    path,
    (found) => Promise.resolve(found ?? `${randomBytes(ENCRYPT_KEY_BYTES).toString('base64')}\n`),
    OWNER_ONLY,
  );
  const base64 = text.trim();
  try {
    readContentKey(base64);
  } catch (cause) {
    throw new Error(`${path} holds no content key in base64.`, { cause });
  }
  return base64;
}

/** The file's text as `complete` leaves it; where two processes make it together, both go by one. */
async function completeFile(
  path: string,
  complete: (found: string | null) => Promise<string>,
  mode = FOR_ALL,
): Promise<string> {
  const found = await readIfThere(path);
  const completed = await complete(found);
  if (completed === found) return found;
  if (found === null) {
    await createFile(path, completed, mode);
    return readFile(path, 'utf8');
  }
  await replaceFile(path, completed);
  return completed;
}

async function openPrivateKey(path: string): Promise<KeyObject> {
  const text = await readIfThere(path);
  if (text !== null) return parsePrivateKey(text, path);
  await createFile(path, privatePem(await generatePrivateKey()), OWNER_ONLY);
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

/** Whole or not at all, and never over a file that is there. */
async function createFile(path: string, text: string, mode: number): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { mode });
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
