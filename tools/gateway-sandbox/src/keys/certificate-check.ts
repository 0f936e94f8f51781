import { X509Certificate, type KeyObject } from 'node:crypto';

export interface WantedCertificate {
  key: KeyObject;
  /** Milliseconds since 1970. */
  now: number;
  /** The issuer's certificate in PEM; without it, the certificate has to be its own issuer. */
  root?: string;
}

/** Whether the text is a certificate for the key, issued by the root and valid at that time. */
export function isCertificateOf(
  text: string,
  { key, now, root = text }: WantedCertificate,
): boolean {
  try {
    const certificate = new X509Certificate(text);
    const issuer = new X509Certificate(root);
    return (
      certificate.checkPrivateKey(key) &&
      certificate.checkIssued(issuer) &&
      certificate.verify(issuer.publicKey) &&
      Date.parse(certificate.validFrom) <= now &&
      Date.parse(certificate.validTo) > now
    );
  } catch {
    return false;
  }
}
