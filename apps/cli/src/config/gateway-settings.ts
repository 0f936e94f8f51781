import {
  readEncryptKey,
  readPrivateKey,
  type Charset,
  type EncryptKey,
  type GatewayIdentity,
  type PrivateKey,
  type PublicKey,
  type SignType,
} from '@zhimaper/alipay-core';
import type { CliContext } from '../runtime/context.js';
import { ConfigFaults } from './config-faults.js';
import {
  readKeyFile,
  readKeyVariable,
  requireKeyVariable,
  type KeyVariable,
} from './key-material.js';
import { readPlainSettings, type PlainSettings } from './plain-settings.js';
import { PUBLIC_KEY, readSerialNumbers, readTrust, type TrustSettings } from './trust-settings.js';

const PRIVATE_KEY: KeyVariable<PrivateKey> = {
  name: 'ALIPAY_APP_PRIVATE_KEY',
  what: "the application's private key",
  parse: readPrivateKey,
};
const ENCRYPT_KEY: KeyVariable<EncryptKey> = {
  name: 'ALIPAY_ENCRYPT_KEY',
  what: "the application's content encryption key",
  parse: readEncryptKey,
};

/** What a call needs. */
export interface CallSettings {
  readonly plain: PlainSettings;
  readonly appId: string;
  readonly privateKey: PrivateKey;
  readonly trust: TrustSettings;
  /** With a key every business content is encrypted. */
  readonly encryptKey: EncryptKey | null;
}

/** What a dry run uses where it is there. */
export interface DraftSettings {
  readonly plain: PlainSettings;
  readonly privateKey: PrivateKey | null;
  readonly encryptKey: EncryptKey | null;
  /** Empty outside certificate mode. */
  readonly serialNumbers: Pick<GatewayIdentity, 'appCertSn' | 'alipayRootCertSn'>;
}

export interface SigningSettings {
  readonly signType: SignType;
  readonly charset: Charset;
}

/** Reads everything that a call needs from the environment; throws all faults at once. */
export async function readCallSettings(context: CliContext): Promise<CallSettings> {
  const faults = new ConfigFaults(context);
  const plain = readPlainSettings(context.env, faults);
  const privateKey = await requireKeyVariable(context, PRIVATE_KEY, faults);
  const trust = await readTrust(context, privateKey, faults);
  const encryptKey = await readKeyVariable(context, ENCRYPT_KEY, faults);
  const appId = context.env['ALIPAY_APP_ID'] || null;
  if (appId === null) faults.add('ALIPAY_APP_ID', "must be set: the application's id.");
  if (faults.isEmpty && plain && appId !== null && privateKey && trust) {
    return { plain, appId, privateKey, trust, encryptKey };
  }
  throw faults.failure();
}

/** Reads what a request is made of; the key may be missing, but not wrong. */
export async function readDraftSettings(context: CliContext): Promise<DraftSettings> {
  const faults = new ConfigFaults(context);
  const plain = readPlainSettings(context.env, faults);
  const privateKey = await readKeyVariable(context, PRIVATE_KEY, faults);
  const encryptKey = await readKeyVariable(context, ENCRYPT_KEY, faults);
  const serialNumbers = await readSerialNumbers(context, faults);
  if (faults.isEmpty && plain) return { plain, privateKey, encryptKey, serialNumbers };
  throw faults.failure();
}

/** Reads the application's private key, from the file given or from the environment. */
export async function readSigningKey(
  context: CliContext,
  path: string | undefined,
): Promise<SigningSettings & { readonly key: PrivateKey }> {
  return readSettingsWithKey(context, path, '--private-key-file', PRIVATE_KEY);
}

/** Reads Alipay's public key, from the file given or from the environment. */
export async function readVerifyingKey(
  context: CliContext,
  path: string | undefined,
): Promise<SigningSettings & { readonly key: PublicKey }> {
  return readSettingsWithKey(context, path, '--public-key-file', PUBLIC_KEY);
}

/** Reads whichever keys are there, and nothing that a diagnosis can do without. */
export async function readKnownKeys(context: CliContext): Promise<
  SigningSettings & {
    readonly privateKey: PrivateKey | null;
    readonly alipayPublicKey: PublicKey | null;
  }
> {
  const faults = new ConfigFaults(context);
  const plain = readPlainSettings(context.env, faults);
  const privateKey = await readKeyVariable(context, PRIVATE_KEY, faults);
  const alipayPublicKey = await readKeyVariable(context, PUBLIC_KEY, faults);
  if (!faults.isEmpty || !plain) throw faults.failure();
  return {
    signType: plain.ALIPAY_SIGN_TYPE,
    charset: plain.ALIPAY_CHARSET,
    privateKey,
    alipayPublicKey,
  };
}

async function readSettingsWithKey<Key>(
  context: CliContext,
  path: string | undefined,
  option: string,
  variable: KeyVariable<Key>,
): Promise<SigningSettings & { readonly key: Key }> {
  const faults = new ConfigFaults(context);
  const plain = readPlainSettings(context.env, faults);
  const key =
    path === undefined
      ? await requireKeyVariable(context, variable, faults)
      : await readKeyFile(context, path, { name: option, parse: variable.parse }, faults);
  if (faults.isEmpty && plain && key !== null) {
    return { signType: plain.ALIPAY_SIGN_TYPE, charset: plain.ALIPAY_CHARSET, key };
  }
  throw faults.failure();
}
