/** One element of a DER structure, as views of the bytes that it was read from. */
export interface DerElement {
  tag: number;
  content: Uint8Array;
  /** Tag and length included. */
  encoded: Uint8Array;
}

export const DER_TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Bytes that are no DER. Never leaves `certificates/`. */
export class DerFault extends Error {}

/**
 * Reads the elements that stand one after another in these bytes, to their very end.
 *
 * Throws `DerFault` where a length is not definite, not in its shortest form, or past the end.
 * Source: ITU-T X.690, sections 8.1 and 10.1.
 */
export function readElements(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const element = elementAt(bytes, offset);
    elements.push(element);
    offset += element.encoded.length;
  }
  return elements;
}

/** Reads bytes that are one element of this tag; throws `DerFault` for anything else. */
export function readElement(bytes: Uint8Array, tag: number): DerElement {
  const [element, ...rest] = readElements(bytes);
  if (element?.tag !== tag || rest.length > 0) throw new DerFault('not the one element expected');
  return element;
}

/** Reads what stands inside an element; throws `DerFault` where it has another tag. */
export function readInside(element: DerElement | undefined, tag: number): DerElement[] {
  return readElements(contentOf(element, tag));
}

/** An element's content; throws `DerFault` where it is missing or has another tag. */
export function contentOf(element: DerElement | undefined, tag: number): Uint8Array {
  if (element?.tag !== tag) throw new DerFault('not the tag expected');
  return element.content;
}

function elementAt(bytes: Uint8Array, start: number): DerElement {
  const tag = byteAt(bytes, start);
  if ((tag & 0x1f) === 0x1f) throw new DerFault('tag of more than one byte');
  const first = byteAt(bytes, start + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const contentStart = start + 2 + lengthBytes;
  const length = lengthBytes === 0 ? first : longLength(bytes, start + 2, contentStart);
  const end = contentStart + length;
  if (first === 0x80 || end > bytes.length) throw new DerFault('length past the end');
  return {
    tag,
    content: bytes.subarray(contentStart, end),
    encoded: bytes.subarray(start, end),
  };
}

function longLength(bytes: Uint8Array, start: number, end: number): number {
  // Four bytes hold more than any certificate.
  if (end - start > 4) throw new DerFault('length of too many bytes');
  let length = 0;
  for (let offset = start; offset < end; offset += 1) length = length * 256 + byteAt(bytes, offset);
  const shortest = length >= 0x80 && byteAt(bytes, start) !== 0;
  if (!shortest) throw new DerFault('length not in its shortest form');
  return length;
}

function byteAt(bytes: Uint8Array, offset: number): number {
  const byte = bytes[offset];
  if (byte === undefined) throw new DerFault('cut short');
  return byte;
}
