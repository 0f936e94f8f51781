import { b64tohex, hextob64 } from 'jsrsasign';
import { fromHex } from '../hex.js';
import { cleanPastedText } from '../pasted-text.js';
import { certificateRefusal } from './certificate-refusal.js';

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \1-----/gs;
const CERTIFICATE_LABELS: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE']);
/** `-----BEGIN` in hexadecimal. */
const PEM_ARMOUR = '2d2d2d2d2d424547494e';
/** Larger than any certificate file, so that no hostile text costs much. */
const LONGEST_TEXT = 1_048_576;

/**
 * Finds the certificates in a text, in their order, as DER: a PEM bundle with whatever stands between its blocks, or
 * one certificate as bare base64.
 *
 * Throws `AlipayError` (`INVALID_CERTIFICATE`) that says what was found.
 */
export function certificatesInText(text: string): [Uint8Array, ...Uint8Array[]] {
  if (text.length > LONGEST_TEXT) throw certificateRefusal('a text too long for certificates');
  const cleaned = cleanPastedText(text);
  if (cleaned === '') throw certificateRefusal('empty text');
  if (!cleaned.includes('-----')) return [decode(cleaned)];
  const blocks = [...cleaned.matchAll(BLOCK)];
  const [, anyLabel] = blocks[0] ?? [];
  if (anyLabel === undefined) throw certificateRefusal('a PEM block without its end');
  const bodies = blocks.flatMap(([, label = '', body = '']) =>
    CERTIFICATE_LABELS.has(label) ? [body] : [],
  );
  const [first, ...others] = bodies;
  if (first === undefined) throw certificateRefusal(`a PEM block "${anyLabel}"`);
  const begun = cleaned.match(/-----BEGIN (X509 )?CERTIFICATE-----/g)?.length;
  if (begun !== bodies.length) throw certificateRefusal('a PEM block without its end');
  return [decode(first), ...others.map(decode)];
}

function decode(text: string): Uint8Array {
  const base64 = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw certificateRefusal('unknown text');
  const hex = b64tohex(base64);
  if (hex.startsWith(PEM_ARMOUR)) throw certificateRefusal('PEM text in base64');
  const isWhole = hextob64(hex).replace(/=+$/, '') === base64.replace(/=+$/, '');
  if (!isWhole) throw certificateRefusal('damaged base64');
  return fromHex(hex);
}
