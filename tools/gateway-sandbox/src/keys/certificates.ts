import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { createPublicKey, webcrypto, type KeyObject } from 'node:crypto';

const DAY_MS = 24 * 60 * 60 * 1000;
const YEARS_MS = 20 * 365 * DAY_MS;
const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const AUTHORITY = 'C=CN, O=Gateway Sandbox, OU=Certification Authority';
const ROOT = `${AUTHORITY}, CN=Gateway Sandbox Root R1`;
const ISSUING = `${AUTHORITY}, CN=Gateway Sandbox Class 2 R1`;

/** Both in milliseconds since 1970. */
export interface Validity {
  notBefore: number;
  notAfter: number;
}

export interface LeafOptions {
  /** The common name: the app's ID, or the gateway's name. */
  commonName: string;
  privateKey: KeyObject;
  issuingPrivateKey: KeyObject;
  validity: Validity;
}

/** The sandbox's own root certificate, signed with RSA as Alipay's RSA roots are. */
export function issueRoot(privateKey: KeyObject, now: number): Promise<string> {
  return issue({
    subject: ROOT,
    issuer: ROOT,
    isAuthority: true,
    privateKey,
    signedBy: privateKey,
    validity: longFrom(now),
  });
}

/** The certificate of the authority between root and leaves. */
export function issueIssuing(options: {
  privateKey: KeyObject;
  rootPrivateKey: KeyObject;
  now: number;
}): Promise<string> {
  const { privateKey, rootPrivateKey, now } = options;
  return issue({
    subject: ISSUING,
    issuer: ROOT,
    isAuthority: true,
    privateKey,
    signedBy: rootPrivateKey,
    validity: longFrom(now),
  });
}

/** A certificate for a key, issued by the authority below the root. */
export function issueLeaf(options: LeafOptions): Promise<string> {
  const { commonName, privateKey, issuingPrivateKey, validity } = options;
  return issue({
    subject: `C=CN, O=Gateway Sandbox, OU=Gateway Sandbox, CN=${commonName}`,
    issuer: ISSUING,
    isAuthority: false,
    privateKey,
    signedBy: issuingPrivateKey,
    validity,
  });
}

/** From yesterday on, for twenty years. */
export function longFrom(now: number): Validity {
  return { notBefore: now - DAY_MS, notAfter: now + YEARS_MS };
}

async function issue(options: {
  subject: string;
  issuer: string;
  isAuthority: boolean;
  privateKey: KeyObject;
  signedBy: KeyObject;
  validity: Validity;
}): Promise<string> {
  const { subject, issuer, isAuthority, privateKey, signedBy, validity } = options;
  const [publicKey, signingKey] = await Promise.all([
    importPublic(privateKey),
    importPrivate(signedBy),
  ]);
  const usage = isAuthority
    ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
    : KeyUsageFlags.digitalSignature;
  const certificate = await X509CertificateGenerator.create(
    {
      subject,
      issuer,
      publicKey,
      signingKey,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(validity.notBefore),
      notAfter: new Date(validity.notAfter),
      extensions: [
        new BasicConstraintsExtension(isAuthority, undefined, true),
        new KeyUsagesExtension(usage, true),
      ],
    },
    webcrypto,
  );
  return `${certificate.toString('pem')}\n`;
}

function importPrivate(key: KeyObject) {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
}

function importPublic(privateKey: KeyObject) {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return webcrypto.subtle.importKey('spki', der, ALGORITHM, true, ['verify']);
}
