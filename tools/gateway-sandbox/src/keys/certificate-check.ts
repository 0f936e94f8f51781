import { X509Certificate, type KeyObject } from 'node:crypto';

export interface WantedCertificate {
  key: KeyObject;
  /** Milliseconds since 1970. */
  now: number;
  /** The issuer's certificate in PEM; without it, the certificate has to be its own issuer. */
  issuer?: string;
}

/** Whether the text is a certificate for the key, issued by its issuer and valid at that time. */
export function isCertificateOf(
  text: string,
  { key, now, issuer = text }: WantedCertificate,
): boolean {
  try {
    const certificate = new X509Certificate(text);
    const authority = new X509Certificate(issuer);
    return (
      certificate.checkPrivateKey(key) &&
      certificate.checkIssued(authority) &&
      certificate.verify(authority.publicKey) &&
      Date.parse(certificate.validFrom) <= now &&
      Date.parse(certificate.validTo) > now
    );
  } catch {
    return false;
  }
}
