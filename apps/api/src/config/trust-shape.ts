import {
  AlipayError,
  readCertificateMode,
  readCertificates,
  readPublicKey,
  type PrivateKey,
  type PublicKey,
} from '@zhimaper/alipay-core';
import type { z } from 'zod';
import { messageOf, readByCore } from './read-by-core.js';

/** A file of certificates; the client reads it once more, with the others beside it. */
const certificates = readByCore((text) => {
  readCertificates(text);
  return text;
}).optional();

/** Whose answers are believed: Alipay's public key, or the three files of certificate mode. */
export const trustShape = {
  ALIPAY_PUBLIC_KEY: readByCore(readPublicKey)
    .optional()
    .describe("Alipay's public key, which verifies its answers; not in certificate mode."),
  ALIPAY_APP_CERT_FILE: certificates.describe(
    "Certificate mode: the file of the application's certificate.",
  ),
  ALIPAY_CERT_FILE: certificates.describe(
    "Certificate mode: the file of Alipay's certificate, with those above it.",
  ),
  ALIPAY_ROOT_CERT_FILE: certificates.describe(
    "Certificate mode: the file of Alipay's root certificates, whole.",
  ),
};

const FILES = {
  appCertificate: 'ALIPAY_APP_CERT_FILE',
  alipayCertificate: 'ALIPAY_CERT_FILE',
  alipayRootCertificate: 'ALIPAY_ROOT_CERT_FILE',
} as const;

const OWN_KEY = 'ALIPAY_APP_PRIVATE_KEY';
const ALIPAY_KEY = 'ALIPAY_PUBLIC_KEY';

/** What was read so far. */
interface Trust extends Partial<Record<(typeof FILES)[keyof typeof FILES], string | undefined>> {
  [OWN_KEY]?: PrivateKey;
  [ALIPAY_KEY]?: PublicKey | undefined;
}

/** Adds what is wrong with key and certificates together, besides what is wrong with each. */
export function checkTrust(values: Trust, context: z.core.$RefinementCtx): void {
  const names = Object.values(FILES);
  const broken = new Set(context.issues.map(({ path }) => path?.[0]));
  const add = (variable: string, message: string) => {
    if (!broken.has(variable)) context.addIssue({ code: 'custom', path: [variable], message });
  };
  // What could not be read has a stand-in for its value.
  const trust: Trust = { ...values };
  for (const name of [OWN_KEY, ALIPAY_KEY, ...names] as const)
    if (broken.has(name)) delete trust[name];
  const given = names.filter((name) => trust[name] !== undefined || broken.has(name));
  if (given.length === 0) {
    checkKey(trust, add);
  } else if (trust.ALIPAY_PUBLIC_KEY !== undefined) {
    add('ALIPAY_PUBLIC_KEY', `is given together with ${given.join(', ')}: unset one or the other`);
  } else {
    for (const name of names.filter((file) => !given.includes(file))) {
      add(name, `is required with ${given.join(', ')}`);
    }
    checkCertificates(trust, add);
  }
}

type Add = (variable: string, message: string) => void;

function checkKey({ ALIPAY_PUBLIC_KEY: key, ALIPAY_APP_PRIVATE_KEY: own }: Trust, add: Add): void {
  if (key === undefined) {
    add(
      'ALIPAY_PUBLIC_KEY',
      'is required (or ALIPAY_PUBLIC_KEY_FILE, or the three files of certificate mode)',
    );
  } else if (own?.publicKey.equals(key)) {
    add(
      'ALIPAY_PUBLIC_KEY',
      "is the application's own public key; Alipay's (支付宝公钥) stands beside it in the open platform's console",
    );
  }
}

function checkCertificates(trust: Trust, add: Add): void {
  const { ALIPAY_APP_PRIVATE_KEY: privateKey } = trust;
  const appCertificate = trust.ALIPAY_APP_CERT_FILE;
  const alipayCertificate = trust.ALIPAY_CERT_FILE;
  const alipayRootCertificate = trust.ALIPAY_ROOT_CERT_FILE;
  if (!privateKey || !appCertificate || !alipayCertificate || !alipayRootCertificate) return;
  const texts = { appCertificate, alipayCertificate, alipayRootCertificate };
  try {
    readCertificateMode(texts, privateKey, new Date());
  } catch (error) {
    if (!(error instanceof AlipayError)) throw error;
    const [, variable] = Object.entries(FILES).find(([option]) => option === error.option) ?? [];
    add(variable ?? FILES.alipayCertificate, messageOf(error));
  }
}
