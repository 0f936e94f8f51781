import {
  readEncryptKey,
  readPrivateKey,
  readPublicKey,
  type Charset,
  type EncryptKey,
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

const PRIVATE_KEY: KeyVariable<PrivateKey> = {
  name: 'ALIPAY_APP_PRIVATE_KEY',
  what: "the application's private key",
  parse: readPrivateKey,
};
const PUBLIC_KEY: KeyVariable<PublicKey> = {
  name: 'ALIPAY_PUBLIC_KEY',
  what: "Alipay's public key, not the application's",
  parse: readPublicKey,
};

const ENCRYPT_KEY: KeyVariable<EncryptKey> = {
  name: 'ALIPAY_ENCRYPT_KEY',
  what: "the application's content encryption key",
  parse: readEncryptKey,
};

/** They change what goes over the wire: a call without them would not be the call that was meant. */
const UNSUPPORTED = ['ALIPAY_APP_CERT_FILE', 'ALIPAY_CERT_FILE', 'ALIPAY_ROOT_CERT_FILE'];

/** What a call needs. */
export interface CallSettings {
  readonly plain: PlainSettings;
  readonly appId: string;
  readonly privateKey: PrivateKey;
  readonly alipayPublicKey: PublicKey;
  /** With a key every business content is encrypted. */
  readonly encryptKey: EncryptKey | null;
}

/** What a dry run uses where it is there. */
export interface DraftSettings {
  readonly plain: PlainSettings;
  readonly privateKey: PrivateKey | null;
  readonly encryptKey: EncryptKey | null;
}

export interface SigningSettings {
  readonly signType: SignType;
  readonly charset: Charset;
}

/** Reads everything that a call needs from the environment; throws all faults at once. */
export async function readCallSettings(context: CliContext): Promise<CallSettings> {
  const faults = new ConfigFaults(context);
  const plain = readRequestSettings(context, faults);
  const privateKey = await requireKeyVariable(context, PRIVATE_KEY, faults);
  const alipayPublicKey = await requireKeyVariable(context, PUBLIC_KEY, faults);
  const encryptKey = await readKeyVariable(context, ENCRYPT_KEY, faults);
  const appId = context.env['ALIPAY_APP_ID'] || null;
  if (appId === null) faults.add('ALIPAY_APP_ID', "must be set: the application's id.");
  if (faults.isEmpty && plain && appId !== null && privateKey && alipayPublicKey) {
    return { plain, appId, privateKey, alipayPublicKey, encryptKey };
  }
  throw faults.failure();
}

/** Reads what a request is made of; the key may be missing, but not wrong. */
export async function readDraftSettings(context: CliContext): Promise<DraftSettings> {
  const faults = new ConfigFaults(context);
  const plain = readRequestSettings(context, faults);
  const privateKey = await readKeyVariable(context, PRIVATE_KEY, faults);
  const encryptKey = await readKeyVariable(context, ENCRYPT_KEY, faults);
  if (faults.isEmpty && plain) return { plain, privateKey, encryptKey };
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

function readRequestSettings(context: CliContext, faults: ConfigFaults): PlainSettings | null {
  for (const name of UNSUPPORTED.filter((variable) => context.env[variable])) {
    faults.add(name, 'is set, but these commands do not know certificate mode.');
  }
  return readPlainSettings(context.env, faults);
}
