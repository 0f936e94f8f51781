import { DerFault } from './der.js';

/** Where the second number of the first two, packed into one, starts over (ITU-T X.690, section 8.19.4). */
const PER_ROOT = 40n;

/**
 * Writes an object identifier's content as dotted numbers, of any size.
 *
 * Throws `DerFault` for content that is none. Source: ITU-T X.690, section 8.19.
 *
 * @example dottedOid(Uint8Array.of(0x55, 0x04, 0x03)) // '2.5.4.3'
 */
export function dottedOid(content: Uint8Array): string {
  const numbers: bigint[] = [];
  let current = 0n;
  let isOpen = false;
  for (const byte of content) {
    if (!isOpen && byte === 0x80) throw new DerFault('number not in its shortest form');
    current = current * 128n + BigInt(byte & 0x7f);
    isOpen = byte >= 0x80;
    if (isOpen) continue;
    numbers.push(current);
    current = 0n;
  }
  const [packed, ...rest] = numbers;
  if (packed === undefined || isOpen) throw new DerFault('object identifier that is cut short');
  const root = packed < 2n * PER_ROOT ? packed / PER_ROOT : 2n;
  return [root, packed - root * PER_ROOT, ...rest].join('.');
}
