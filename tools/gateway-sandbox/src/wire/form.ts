import { decodeBytes, type Charset } from './charset.js';

/** One form field as it stands on the wire, percent-encoding included, one character a byte (latin1). */
export interface RawField {
  name: string;
  value: string;
}

/** Splits a query or an `application/x-www-form-urlencoded` body; nothing is decoded yet. */
export function splitForm(text: string): RawField[] {
  const fields: RawField[] = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    fields.push(
      equals < 0
        ? { name: part, value: '' }
        : { name: part.slice(0, equals), value: part.slice(equals + 1) },
    );
  }
  return fields;
}

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/**
 * Decodes one raw name or value: the percent-encoded bytes are those of the charset. Null where a `%` is not
 * followed by two hexadecimal digits.
 */
export function decodeComponent(raw: string, charset: Charset): string | null {
  const bytes = Buffer.from(raw, 'latin1');
  let length = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === PERCENT) {
      const high = hexDigit(bytes[index + 1]);
      const low = hexDigit(bytes[index + 2]);
      if (high < 0 || low < 0) return null;
      bytes[length] = high * 16 + low;
      index += 2;
    } else {
      bytes[length] = byte === PLUS ? SPACE : byte;
    }
    length += 1;
  }
  return decodeBytes(bytes.subarray(0, length), charset);
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
