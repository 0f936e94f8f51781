import { toHex } from '../hex.js';
import { verifyPkcs1 } from '../pkcs1-verify.js';
import type { Certificate } from './certificate.js';
import { DER_TAGS, readElement, readInside } from './der.js';

/** RFC 8017, appendix A.2.4. Weaker digests let anybody make a certificate that another one's signature fits. */
const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.5', 'sha1'],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
]);
/** A shorter key cannot hold a SHA-512 signature, and none that is to be trusted is as short. */
const SHORTEST_MODULUS = 1024;

/** Whether the issuer's key made the certificate's signature, with an algorithm that is to be trusted. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  const digest = DIGESTS.get(certificate.signatureAlgorithm);
  const { publicKey } = issuer;
  if (digest === undefined || publicKey === null) return false;
  if (publicKey.modulusBits < SHORTEST_MODULUS) return false;
  const outer = readElement(certificate.der, DER_TAGS.sequence);
  const [signed, , signature] = readInside(outer, DER_TAGS.sequence);
  if (signed === undefined || signature?.tag !== DER_TAGS.bitString) return false;
  const [unusedBits, ...bytes] = signature.content;
  const hex = toHex(Uint8Array.from(bytes));
  return unusedBits === 0 && verifyPkcs1(toHex(signed.encoded), hex, publicKey, digest);
}
