import { createHash, X509Certificate } from 'node:crypto';

import { pemCertificates } from './pem.js';

/**
 * The serial number that stands for a certificate in a request or an answer: md5 of the issuer's name by RFC 2253 and
 * the serial number in decimal (gateway's published documents, certificate mode).
 *
 * It is for certificates of the sandbox's own authority only, whose names hold nothing that RFC 2253 would escape or
 * write another way: Node's lines in reverse order are that form.
 */
export function certificateSn(pem: string): string {
  const { issuer, serialNumber } = new X509Certificate(pem);
  const name = issuer.split('\n').reverse().join(',');
  const decimal = BigInt(`0x${serialNumber}`).toString();
  return createHash('md5').update(`${name}${decimal}`).digest('hex');
}

/** The numbers of a bundle's RSA roots joined by `_`; roots of other algorithms are left out. */
export function rootBundleSn(bundle: string): string {
  return pemCertificates(bundle).filter(isRsaRoot).map(certificateSn).join('_');
}

/** A root signs itself: its key is of the same kind as its signature. */
function isRsaRoot(pem: string): boolean {
  return new X509Certificate(pem).publicKey.asymmetricKeyType === 'rsa';
}
