import { AlipayError, type AlipayErrorCode } from '../../errors/alipay-error.js';
import type { Certificate } from './certificate.js';
import { isSignedBy } from './certificate-signature.js';

/** What a chain is built from. */
export interface ChainMaterial {
  /** Certificates that may stand between, in any order; nothing in them is trusted. */
  intermediates: readonly Certificate[];
  /** The trusted certificates, one of which must end the chain. */
  roots: readonly Certificate[];
  /** The instant at which every certificate has to be valid. */
  at: Date;
}

interface Fault {
  code: Extract<
    AlipayErrorCode,
    'CERTIFICATE_EXPIRED' | 'CERTIFICATE_NOT_YET_VALID' | 'CERTIFICATE_NOT_TRUSTED'
  >;
  message: string;
  /** Whether it is the fault of a certificate that does belong into the chain. */
  isSpecific: boolean;
}
type Search = readonly Certificate[] | Fault;

/** Alipay's chains have three certificates. */
const LONGEST_CHAIN = 8;
/** What a search may cost: many certificates of one name would otherwise make it endless. */
const MOST_SIGNATURE_CHECKS = 64;

const NEXT_STEPS: Readonly<Record<Fault['code'], string>> = {
  CERTIFICATE_EXPIRED:
    "Download the certificates anew from the open platform's console, and check this machine's clock.",
  CERTIFICATE_NOT_YET_VALID: "Check this machine's clock.",
  CERTIFICATE_NOT_TRUSTED:
    "Download Alipay's certificate and root certificate files anew from the open platform's console, both from the same environment, and use them whole.",
};

/**
 * Finds a chain from a certificate to one of the roots in which every signature, date and right to issue holds.
 *
 * Throws `AlipayError` (`CERTIFICATE_EXPIRED`, `CERTIFICATE_NOT_YET_VALID`, `CERTIFICATE_NOT_TRUSTED`).
 * Source: RFC 5280, section 6.1, without policies and name constraints: where those are critical, it refuses.
 *
 * @param leaf the certificate to be trusted
 * @param material the roots, what may stand between, and the instant at which all have to be valid
 *
 * @example
 * const [leaf, ...intermediates] = readCertificates(alipayCertificate);
 * const roots = readCertificates(alipayRootCertificate);
 * if (leaf) verifyChain(leaf, { intermediates, roots, at: new Date() }); // from the leaf to a root
 */
export function verifyChain(leaf: Certificate, material: ChainMaterial): readonly Certificate[] {
  const fault = faultOfAny(leaf, material.at);
  const found = fault ?? search([leaf], leaf, material, { checksLeft: MOST_SIGNATURE_CHECKS });
  if (isChain(found)) return found;
  throw errorOf(found);
}

/**
 * Refuses a certificate that is not valid at this instant.
 *
 * Throws `AlipayError` (`CERTIFICATE_EXPIRED`, `CERTIFICATE_NOT_YET_VALID`).
 */
export function requireValidAt(certificate: Certificate, at: Date): void {
  const fault = faultOfDates(certificate, at);
  if (fault !== null) throw errorOf(fault);
}

function errorOf({ code, message }: Fault): AlipayError {
  return new AlipayError(code, message, { nextStep: NEXT_STEPS[code] });
}

/** Follows a chain that ends with `last` up to a root. */
function search(
  chain: readonly Certificate[],
  last: Certificate,
  material: ChainMaterial,
  budget: { checksLeft: number },
): Search {
  let fault: Fault = {
    code: 'CERTIFICATE_NOT_TRUSTED',
    message: `No certificate at hand issued the ${nameOf(last)}.`,
    isSpecific: false,
  };
  for (const issuer of [...material.roots, ...material.intermediates]) {
    if (issuer.subject !== last.issuer || chain.includes(issuer)) continue;
    budget.checksLeft -= 1;
    if (budget.checksLeft < 0) return fault;
    const found = extend(chain, last, issuer, material, budget);
    if (isChain(found)) return found;
    if (found.isSpecific || !fault.isSpecific) fault = found;
  }
  return fault;
}

function extend(
  chain: readonly Certificate[],
  last: Certificate,
  issuer: Certificate,
  material: ChainMaterial,
  budget: { checksLeft: number },
): Search {
  if (!isSignedBy(last, issuer)) {
    const message = `The ${nameOf(last)} is not signed by the issuer that it names, or with an algorithm that is not trusted.`;
    return { code: 'CERTIFICATE_NOT_TRUSTED', message, isSpecific: false };
  }
  const fault = faultOfAny(issuer, material.at) ?? faultOfIssuer(issuer, chain);
  if (fault !== null) return fault;
  const longer = [...chain, issuer];
  if (material.roots.includes(issuer)) return longer;
  if (longer.length >= LONGEST_CHAIN) return untrusted('The chain of certificates is too long.');
  return search(longer, issuer, material, budget);
}

/** What is wrong with a certificate wherever it stands in a chain, or null. */
function faultOfAny(certificate: Certificate, at: Date): Fault | null {
  const [unknown] = certificate.unknownCriticalExtensions;
  const fault = faultOfDates(certificate, at);
  if (fault !== null || unknown === undefined) return fault;
  return untrusted(
    `The ${nameOf(certificate)} has a critical extension that is not known (${unknown}).`,
  );
}

function faultOfDates(certificate: Certificate, at: Date): Fault | null {
  const { notBefore, notAfter } = certificate;
  const name = nameOf(certificate);
  if (at > notAfter) {
    const message = `The ${name} expired at ${notAfter.toISOString()}.`;
    return { code: 'CERTIFICATE_EXPIRED', message, isSpecific: true };
  }
  if (at < notBefore) {
    const message = `The ${name} is valid from ${notBefore.toISOString()} only.`;
    return { code: 'CERTIFICATE_NOT_YET_VALID', message, isSpecific: true };
  }
  return null;
}

/** What keeps a certificate from issuing the last one of a chain, or null. */
function faultOfIssuer(issuer: Certificate, chain: readonly Certificate[]): Fault | null {
  const name = nameOf(issuer);
  if (!issuer.isAuthority || !issuer.maySignCertificates) {
    return untrusted(`The ${name} may not issue certificates.`);
  }
  // A certificate that an authority issued to itself does not count (RFC 5280, section 6.1.4).
  const between = chain.slice(1).filter(({ subject, issuer: by }) => subject !== by).length;
  return issuer.pathLength !== null && between > issuer.pathLength
    ? untrusted(`The ${name} allows fewer certificates between it and the last one.`)
    : null;
}

function untrusted(message: string): Fault {
  return { code: 'CERTIFICATE_NOT_TRUSTED', message, isSpecific: true };
}

/** By its number alone: a name in it may be a person's. */
function nameOf({ serialNumber }: Certificate): string {
  return `certificate with the serial number ${serialNumber}`;
}

function isChain(found: Search): found is readonly Certificate[] {
  return Array.isArray(found);
}
