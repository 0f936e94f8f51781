import { toHex } from '../hex.js';
import { attributeText } from './attribute-text.js';
import { contentOf, DER_TAGS, DerFault, readInside, type DerElement } from './der.js';
import { dottedOid } from './object-identifier.js';

/** The only types that go by a keyword, as in RFC 2253, section 2.3. */
const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
]);

/**
 * Writes a name in the form of RFC 2253 that the JDK's `X500Principal.getName()` has: the parts in reverse order,
 * the attributes of a part of several in the order of their encoding, and every type without a keyword as its dotted
 * number with `#` and the hexadecimal of its value. Parsers of X.509 lose that order, or the values' own encodings.
 *
 * Throws `DerFault` for what is no name. Source: RFC 2253, section 2; RFC 5280, section 4.1.2.4.
 */
export function rfc2253Name(name: DerElement | undefined): string {
  return readInside(name, DER_TAGS.sequence).reverse().map(relativeName).join(',');
}

function relativeName(element: DerElement): string {
  const attributes = readInside(element, DER_TAGS.set);
  if (attributes.length === 0) throw new DerFault('part of a name without an attribute');
  return attributes.map(attribute).join('+');
}

function attribute(element: DerElement): string {
  const [type, value, ...rest] = readInside(element, DER_TAGS.sequence);
  if (value === undefined || rest.length > 0) throw new DerFault('not an attribute');
  const oid = dottedOid(contentOf(type, DER_TAGS.objectIdentifier));
  const keyword = KEYWORDS.get(oid);
  const text = keyword === undefined ? null : attributeText(value);
  return `${keyword ?? oid}=${text ?? `#${toHex(value.encoded)}`}`;
}
