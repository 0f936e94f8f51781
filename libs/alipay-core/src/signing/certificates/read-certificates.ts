import { parseCertificate, type Certificate } from './certificate.js';
import { certificateRefusal } from './certificate-refusal.js';
import { certificatesInText } from './certificate-text.js';

/**
 * Reads the X.509 certificates in a text, in their order: a PEM bundle with whatever stands between its blocks, or one
 * certificate as bare base64. Certificates of other algorithms than RSA, such as SM2, are read like any other.
 *
 * Throws `AlipayError` (`INVALID_CERTIFICATE`) that says what was found, where there is none or one is damaged.
 * Source: RFC 5280, section 4.1 (X.509); RFC 7468 (PEM).
 *
 * @param text a PEM bundle or one certificate as bare base64, at most 1,048,576 characters
 *
 * @example
 * const [leaf, ...intermediates] = readCertificates(await readFile('alipay-cert.crt', 'utf8'));
 * leaf.notAfter; // the last instant at which it is valid
 */
export function readCertificates(text: string): [Certificate, ...Certificate[]] {
  const [first, ...others] = certificatesInText(text);
  return [read(first, 1), ...others.map((der, index) => read(der, index + 2))];
}

function read(der: Uint8Array, position: number): Certificate {
  try {
    return parseCertificate(der);
  } catch {
    // What the parsers say of damaged bytes helps nobody.
    throw certificateRefusal(`damaged bytes as certificate ${position}`);
  }
}
