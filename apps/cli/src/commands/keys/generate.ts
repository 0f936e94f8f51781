import { generateKeyPair } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readPrivateKey } from '@zhimaper/alipay-core/signing';
import { refuseExisting, writeSafely } from '../../files/write-safely.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { readFormat, writeKey } from './write-key.js';

export interface GenerateOptions {
  outDir: string;
  bits: string;
  to: string;
  force?: boolean;
}

const LENGTHS: readonly string[] = ['2048', '3072', '4096'];

/** Makes a key pair, writes both halves, and says where each belongs. */
export async function runGenerate({
  output,
  options: { outDir, bits, to, force = false },
}: CommandRun<GenerateOptions>): Promise<CommandOutcome> {
  if (!LENGTHS.includes(bits)) {
    throw new CommandFailure('invalid-usage', '--bits takes 2048, 3072 or 4096.', {
      nextStep: 'Alipay asks for 2048.',
    });
  }
  const files = {
    private: join(outDir, 'app-private-key.pem'),
    public: join(outDir, 'app-public-key.pem'),
  };
  // Making a key takes a while, and one half alone is worse than none.
  if (!force) for (const path of Object.values(files)) await refuseExisting(path);

  const key = await newKey(Number(bits));
  const format = readFormat(to, key);
  const options = { force, makeFolder: true };
  await writeSafely(files.private, writeKey(key, format, false), options);
  try {
    await writeSafely(files.public, writeKey(key.publicKey, 'spki', false), options);
  } catch (error) {
    if (!force) await unlink(files.private);
    throw error;
  }

  const result = {
    privateKeyFile: files.private,
    publicKeyFile: files.public,
    bits: key.modulusBits,
    format,
    publicKey: writeKey(key.publicKey, 'spki', true).trim(),
    fingerprint: key.publicKey.fingerprint,
  };
  await output.result(result, (view) =>
    view.fields([
      ['private key', result.privateKeyFile],
      ['public key', result.publicKeyFile],
      ['bits', String(result.bits)],
      ['fingerprint', result.fingerprint],
      ['to paste', result.publicKey],
    ]),
  );
  for (const line of WHAT_NOW) await output.note(line);
  return 'success';
}

const WHAT_NOW: readonly string[] = [
  '',
  'On the open platform (开放平台控制台): the application > development settings (开发设置) >',
  'signing of interfaces (接口加签方式) > public key (公钥) > paste the line behind "to paste" as the',
  "application's public key (应用公钥). Copy Alipay's public key (支付宝公钥), which is shown then, into a file",
  'and name it: zhimaper config set public-key-file FILE. The private key never leaves this machine.',
];

async function newKey(modulusLength: number) {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength });
  return readPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}
