import type { KeyObject } from 'node:crypto';

import { isCertificateOf } from './certificate-check.js';
import { OLD_RSA_ROOT, SM2_ROOT } from './fixed-roots.js';
import { generatePrivateKey } from './key-pairs.js';
import { pemCertificates } from './pem.js';

/** What a client in certificate mode is given, each as PEM. */
export interface SandboxCertificates {
  /** The app's certificate. */
  appCert: string;
  /** Alipay's certificate, followed by its issuer's. */
  alipayCert: string;
  /** The trusted roots: SM2, the sandbox's own, and another RSA one. */
  alipayRootCert: string;
}

/** The certificates with the authority that issued them and can issue more. */
export interface CertificateSet extends SandboxCertificates {
  issuingCert: string;
  issuingPrivateKey: KeyObject;
}

/** The private keys that certificates are made for and by. */
export interface CertificateKeys {
  app: KeyObject;
  alipay: KeyObject;
  root: KeyObject;
  issuing: KeyObject;
}

/** Each certificate as it is found, or null; a finished one is handed back as it was. */
export type KeepCertificate = (
  name: 'alipay-root.crt' | 'alipay-ca.crt' | 'app-cert.crt' | 'alipay-cert.crt',
  complete: (found: string | null) => Promise<string>,
) => Promise<string>;

/** Completes a set of certificates: what is there and belongs to the keys is kept, the rest is issued. */
export async function completeCertificates(
  keys: CertificateKeys,
  { appId, now }: { appId: string; now: number },
  keep: KeepCertificate,
): Promise<CertificateSet> {
  // Only where something has to be issued: the library takes a quarter of a second to load.
  const issuing = () => import('./certificates.js');

  const alipayRootCert = await keep('alipay-root.crt', async (found) => {
    const root =
      ownRoot(found ?? '', keys.root, now) ?? (await (await issuing()).issueRoot(keys.root, now));
    return SM2_ROOT + root + OLD_RSA_ROOT;
  });
  const root = ownRoot(alipayRootCert, keys.root, now) ?? '';
  const issuingCert = await keep('alipay-ca.crt', async (found) => {
    if (isCertificateOf(found ?? '', { key: keys.issuing, now, issuer: root })) return found ?? '';
    const authority = { privateKey: keys.issuing, rootPrivateKey: keys.root, now };
    return (await issuing()).issueIssuing(authority);
  });
  const leaf = async (found: string, key: KeyObject, commonName: string) => {
    if (isCertificateOf(found, { key, now, issuer: issuingCert })) return found;
    const { issueLeaf, longFrom } = await issuing();
    const validity = longFrom(now);
    return issueLeaf({ commonName, privateKey: key, issuingPrivateKey: keys.issuing, validity });
  };
  const appCert = await keep('app-cert.crt', (found) => leaf(found ?? '', keys.app, appId));
  const alipayCert = await keep('alipay-cert.crt', async (found) => {
    const [first = ''] = pemCertificates(found ?? '');
    return (await leaf(first, keys.alipay, 'Gateway Sandbox')) + issuingCert;
  });
  return { appCert, alipayCert, alipayRootCert, issuingCert, issuingPrivateKey: keys.issuing };
}

/** A set of certificates that nobody has seen before. */
export async function generateCertificates(
  keys: { app: KeyObject; alipay: KeyObject },
  options: { appId: string; now: number },
): Promise<CertificateSet> {
  const [root, issuing] = await Promise.all([generatePrivateKey(), generatePrivateKey()]);
  return completeCertificates({ ...keys, root, issuing }, options, (_name, complete) =>
    complete(null),
  );
}

function ownRoot(bundle: string, key: KeyObject, now: number): string | undefined {
  return pemCertificates(bundle).find((pem) => isCertificateOf(pem, { key, now }));
}
