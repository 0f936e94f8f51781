import { KJUR } from 'jsrsasign';
import { encodeUtf8 } from '../../unicode/index.js';
import { toHex } from '../hex.js';
import type { Certificate } from './certificate.js';
import { certificateRefusal } from './certificate-refusal.js';
import { readCertificates } from './read-certificates.js';

/** PKCS #1: what an algorithm with RSA begins with (RFC 8017, appendix A.2). */
const RSA_ALGORITHMS = '1.2.840.113549.1.1.';

/**
 * The serial number by which Alipay names a certificate (`app_cert_sn`, `alipay_cert_sn`): MD5 over the issuer's name and
 * the decimal serial number, as 32 hexadecimal digits. Of a text with several certificates it is the first one's.
 *
 * Throws `AlipayError` (`INVALID_CERTIFICATE`). Source: the gateway's published rules for certificates; RFC 2253.
 *
 * @param certificate the certificate as PEM or bare base64
 *
 * @example
 * certificateSerialNumber(await readFile('app-cert.crt', 'utf8')) // '50fa7bc5dc305a4fbdbe166689ddc827'
 */
export function certificateSerialNumber(certificate: string): string {
  const [first] = readCertificates(certificate);
  return serialNumberOf(first);
}

/**
 * The serial number by which Alipay names its file of root certificates (`alipay_root_cert_sn`): those of the
 * certificates that are signed with RSA, joined by `_`; the ones signed with SM2 or ECDSA are left out.
 *
 * Throws `AlipayError` (`INVALID_CERTIFICATE`), also where no certificate is signed with RSA.
 * Source: the gateway's published rules for certificates.
 *
 * @param certificates Alipay's whole file of root certificates, PEM
 *
 * @example
 * rootCertificateSerialNumber(await readFile('alipay-root.crt', 'utf8'));
 * // '687b59193f3f462dd5336e5abf83c5d8_02941eef3187dddf3d3b83462e1dfcf6'
 */
export function rootCertificateSerialNumber(certificates: string): string {
  return rootSerialNumberOf(readCertificates(certificates));
}

export function serialNumberOf({ issuer, serialNumber }: Certificate): string {
  const text = toHex(encodeUtf8(issuer + serialNumber));
  return KJUR.crypto.Util.hashHex(text, 'md5');
}

export function rootSerialNumberOf(certificates: readonly Certificate[]): string {
  const signedWithRsa = certificates.filter(({ signatureAlgorithm }) =>
    signatureAlgorithm.startsWith(RSA_ALGORITHMS),
  );
  if (signedWithRsa.length === 0) throw certificateRefusal('no certificate signed with RSA');
  return signedWithRsa.map(serialNumberOf).join('_');
}
