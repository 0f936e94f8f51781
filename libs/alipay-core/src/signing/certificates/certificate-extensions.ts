import {
  contentOf,
  DER_TAGS,
  DerFault,
  readElement,
  readElements,
  readInside,
  type DerElement,
} from './der.js';
import { dottedOid } from './object-identifier.js';

/** What a certificate's extensions say, as far as a chain depends on it. */
export interface Extensions {
  /** Whether it may issue certificates by its basic constraints (RFC 5280, section 4.2.1.9). */
  readonly isAuthority: boolean;
  /** Most intermediate certificates that may follow it in a chain, or null where there is no limit. */
  readonly pathLength: number | null;
  /** Whether its key usage, where it has one, lets its key sign certificates (RFC 5280, section 4.2.1.3). */
  readonly maySignCertificates: boolean;
  /** Object identifiers of critical extensions that nothing here understands: such a certificate must be refused. */
  readonly unknownCriticalExtensions: readonly string[];
}

interface Extension {
  oid: string;
  isCritical: boolean;
  value: Uint8Array;
}

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
/** The tag of the extensions among a certificate's fields. */
const EXTENSIONS_TAG = 0xa3;
/** The sixth bit of the first byte: `keyCertSign`. */
const KEY_CERT_SIGN = 0x04;

/**
 * Reads the extensions among the fields that follow a certificate's public key.
 *
 * Throws `DerFault` for an extension that is malformed or there twice. Source: RFC 5280, section 4.2.
 */
export function extensionsOf(fields: readonly DerElement[]): Extensions {
  const wrapper = fields.find(({ tag }) => tag === EXTENSIONS_TAG);
  const list = wrapper ? readElement(wrapper.content, DER_TAGS.sequence) : undefined;
  const extensions = list ? readElements(list.content).map(readExtension) : [];
  if (new Set(extensions.map(({ oid }) => oid)).size < extensions.length) {
    throw new DerFault('an extension twice');
  }
  return {
    ...readBasicConstraints(extensions.find(({ oid }) => oid === BASIC_CONSTRAINTS)),
    maySignCertificates: readKeyUsage(extensions.find(({ oid }) => oid === KEY_USAGE)),
    unknownCriticalExtensions: extensions
      .filter(({ oid, isCritical }) => isCritical && oid !== BASIC_CONSTRAINTS && oid !== KEY_USAGE)
      .map(({ oid }) => oid),
  };
}

function readExtension(element: DerElement): Extension {
  const [oid, ...rest] = readInside(element, DER_TAGS.sequence);
  const value = rest.pop();
  const [critical, ...more] = rest;
  if (more.length > 0) throw new DerFault('not an extension');
  return {
    oid: dottedOid(contentOf(oid, DER_TAGS.objectIdentifier)),
    isCritical: critical !== undefined && isTrue(critical),
    value: contentOf(value, DER_TAGS.octetString),
  };
}

function readBasicConstraints(extension: Extension | undefined) {
  if (extension === undefined) return { isAuthority: false, pathLength: null };
  const members = readElement(extension.value, DER_TAGS.sequence).content;
  const [first, ...rest] = readElements(members);
  const isAuthority = first?.tag === DER_TAGS.boolean && isTrue(first);
  const limit = first?.tag === DER_TAGS.integer ? first : rest[0];
  return { isAuthority, pathLength: limit === undefined ? null : smallNumber(limit) };
}

function smallNumber(element: DerElement): number {
  const [value, ...more] = contentOf(element, DER_TAGS.integer);
  if (value === undefined || value > 0x7f || more.length > 0) throw new DerFault('not a length');
  return value;
}

function readKeyUsage(extension: Extension | undefined): boolean {
  if (extension === undefined) return true;
  const [, bits = 0] = readElement(extension.value, DER_TAGS.bitString).content;
  return (bits & KEY_CERT_SIGN) !== 0;
}

function isTrue(element: DerElement): boolean {
  const [value, ...more] = contentOf(element, DER_TAGS.boolean);
  if (value === undefined || more.length > 0) throw new DerFault('not a truth value');
  return value !== 0;
}
