import {
  AlipayError,
  certificateSerialNumber,
  readCertificateMode,
  readCertificates,
  readPublicKey,
  rootCertificateSerialNumber,
  type CertificateTexts,
  type GatewayIdentity,
  type PrivateKey,
  type PublicKey,
} from '@zhimaper/alipay-core';
import type { CliContext } from '../runtime/context.js';
import type { ConfigFaults } from './config-faults.js';
import { readKeyFile, requireKeyVariable, type KeyVariable } from './key-material.js';

export const PUBLIC_KEY: KeyVariable<PublicKey> = {
  name: 'ALIPAY_PUBLIC_KEY',
  what: "Alipay's public key, not the application's",
  parse: readPublicKey,
};

const FILES = {
  appCertificate: 'ALIPAY_APP_CERT_FILE',
  alipayCertificate: 'ALIPAY_CERT_FILE',
  alipayRootCertificate: 'ALIPAY_ROOT_CERT_FILE',
} as const satisfies Record<keyof CertificateTexts, string>;

/** Whose answers are believed: Alipay's key, or the three files of certificate mode. */
export type TrustSettings = { readonly alipayPublicKey: PublicKey } | Readonly<CertificateTexts>;

/** Reads the key or the certificates that answers are verified by; null with a fault. */
export async function readTrust(
  context: CliContext,
  privateKey: PrivateKey | null,
  faults: ConfigFaults,
): Promise<TrustSettings | null> {
  const names = Object.values(FILES);
  const given = names.filter((name) => context.env[name]);
  if (given.length === 0) {
    const alipayPublicKey = await requireKeyVariable(context, PUBLIC_KEY, faults);
    return alipayPublicKey && { alipayPublicKey };
  }
  const { name: keyName } = PUBLIC_KEY;
  for (const name of [keyName, `${keyName}_FILE`].filter((variable) => context.env[variable])) {
    faults.add(name, `is set together with ${given.join(', ')}: unset one or the other.`);
  }
  for (const name of names.filter((variable) => !given.includes(variable))) {
    faults.add(name, `must be set too, with ${given.join(', ')}.`);
  }
  const texts = await readFiles(context, faults);
  if (privateKey === null || !isComplete(texts)) return null;
  return checkTogether(texts, privateKey, context.now(), faults) ? texts : null;
}

/** The serial numbers that a request carries, of the certificates that are there. */
export async function readSerialNumbers(
  context: CliContext,
  faults: ConfigFaults,
): Promise<Pick<GatewayIdentity, 'appCertSn' | 'alipayRootCertSn'>> {
  const app = { name: FILES.appCertificate, parse: certificateSerialNumber };
  const root = { name: FILES.alipayRootCertificate, parse: rootCertificateSerialNumber };
  return {
    appCertSn: (await readFile(context, app, faults)) ?? undefined,
    alipayRootCertSn: (await readFile(context, root, faults)) ?? undefined,
  };
}

async function readFiles(
  context: CliContext,
  faults: ConfigFaults,
): Promise<Record<keyof CertificateTexts, string | null>> {
  const read = (name: string) => readFile(context, { name, parse: certificatesIn }, faults);
  return {
    appCertificate: await read(FILES.appCertificate),
    alipayCertificate: await read(FILES.alipayCertificate),
    alipayRootCertificate: await read(FILES.alipayRootCertificate),
  };
}

async function readFile(
  context: CliContext,
  file: Pick<KeyVariable<string>, 'name' | 'parse'>,
  faults: ConfigFaults,
): Promise<string | null> {
  const path = context.env[file.name];
  return path ? readKeyFile(context, path, { ...file, kind: 'certificate' }, faults) : null;
}

/** The text as it is, once it is known to hold certificates. */
function certificatesIn(text: string): string {
  readCertificates(text);
  return text;
}

function isComplete(
  texts: Record<keyof CertificateTexts, string | null>,
): texts is Record<keyof CertificateTexts, string> {
  return Object.values(texts).every((text) => text !== null);
}

/** What is wrong with each of them was told before; this is what is wrong with them together. */
function checkTogether(
  texts: CertificateTexts,
  privateKey: PrivateKey,
  at: Date,
  faults: ConfigFaults,
): boolean {
  try {
    readCertificateMode(texts, privateKey, at);
    return true;
  } catch (error) {
    if (!(error instanceof AlipayError)) throw error;
    const [, name] = Object.entries(FILES).find(([option]) => option === error.option) ?? [];
    faults.add(
      name ?? FILES.alipayCertificate,
      `does not serve: ${error.message} ${error.nextStep}`,
    );
    return false;
  }
}
