import { X509 } from 'jsrsasign';
import { toHex } from '../hex.js';
import type { PublicKey } from '../keys.js';
import { rsaKeyOfSpki } from '../rsa-key-of-spki.js';
import { extensionsOf, type Extensions } from './certificate-extensions.js';
import { certificateTime } from './certificate-time.js';
import { contentOf, DER_TAGS, DerFault, readElement, readInside } from './der.js';
import { rfc2253Name } from './distinguished-name.js';
import { dottedOid } from './object-identifier.js';

/** What an X.509 certificate says (RFC 5280, section 4.1). Read one with `readCertificates`. */
export interface Certificate extends Extensions {
  /** As the JDK writes a name in the form of RFC 2253. */
  readonly subject: string;
  readonly issuer: string;
  /** In decimal. The serial number that Alipay means is another: see `certificateSerialNumber`. */
  readonly serialNumber: string;
  /** The first and the last instant at which it is valid. */
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The object identifier of the algorithm that it is signed with, such as `1.2.840.113549.1.1.11`. */
  readonly signatureAlgorithm: string;
  /** Null for a key of another algorithm than RSA, such as SM2, or one that is none to trust. */
  readonly publicKey: PublicKey | null;
  readonly der: Uint8Array;
}

/**
 * Takes one certificate apart. jsrsasign reads its plain fields; names and extensions are read from the DER itself,
 * since jsrsasign loses order and encodings of the ones, and skips the others where something stands before them.
 *
 * Throws whatever the parsers throw for bytes that are no certificate.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  const outer = readElement(der, DER_TAGS.sequence);
  const [signed, algorithm] = readInside(outer, DER_TAGS.sequence);
  const fields = readInside(signed, DER_TAGS.sequence);
  // The version is left out by certificates of the first one, and has a tag of its own.
  const [, innerAlgorithm, issuer, , subject, , ...rest] =
    fields[0]?.tag === DER_TAGS.integer ? fields : fields.slice(1);
  const [signatureOid] = readInside(algorithm, DER_TAGS.sequence);
  if (toHex(innerAlgorithm?.encoded ?? der) !== toHex(algorithm?.encoded ?? der)) {
    throw new DerFault('two different signature algorithms');
  }
  const plain = new X509();
  plain.readCertHex(toHex(der));
  return {
    subject: rfc2253Name(subject),
    issuer: rfc2253Name(issuer),
    serialNumber: signedDecimal(plain.getSerialNumberHex()),
    notBefore: certificateTime(plain.getNotBefore()),
    notAfter: certificateTime(plain.getNotAfter()),
    signatureAlgorithm: dottedOid(contentOf(signatureOid, DER_TAGS.objectIdentifier)),
    publicKey: rsaKeyOfSpki(plain.getPublicKeyHex(), 'X.509'),
    ...extensionsOf(rest),
    der,
  };
}

/** Two's complement, as an INTEGER has it: a serial number may be negative, though it should not. */
function signedDecimal(hex: string): string {
  return BigInt.asIntN(4 * hex.length, BigInt(`0x${hex}`)).toString();
}
