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
const ISSUER = 'C=CN, O=Gateway Sandbox, OU=Certification Authority, CN=Gateway Sandbox Root R1';

export interface LeafOptions {
  /** The common name: the app's ID, or the gateway's name. */
  commonName: string;
  privateKey: KeyObject;
  rootPrivateKey: KeyObject;
  /** Milliseconds since 1970. */
  now: number;
}

/** The sandbox's own root certificate, signed with RSA as Alipay's RSA roots are. */
export function issueRoot(rootPrivateKey: KeyObject, now: number): Promise<string> {
  return issue({ subject: ISSUER, privateKey: rootPrivateKey, rootPrivateKey, now, isRoot: true });
}

/** A certificate for a key, issued by the root. */
export function issueLeaf({ commonName, ...rest }: LeafOptions): Promise<string> {
  const subject = `C=CN, O=Gateway Sandbox, OU=Gateway Sandbox, CN=${commonName}`;
  return issue({ ...rest, subject, isRoot: false });
}

async function issue(options: {
  subject: string;
  privateKey: KeyObject;
  rootPrivateKey: KeyObject;
  now: number;
  isRoot: boolean;
}): Promise<string> {
  const { subject, privateKey, rootPrivateKey, now, isRoot } = options;
  const [publicKey, signingKey] = await Promise.all([
    importPublic(privateKey),
    importPrivate(rootPrivateKey),
  ]);
  const usage = isRoot
    ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
    : KeyUsageFlags.digitalSignature;
  const certificate = await X509CertificateGenerator.create(
    {
      subject,
      issuer: ISSUER,
      publicKey,
      signingKey,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(now - DAY_MS),
      notAfter: new Date(now + YEARS_MS),
      extensions: [
        new BasicConstraintsExtension(isRoot, undefined, true),
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
