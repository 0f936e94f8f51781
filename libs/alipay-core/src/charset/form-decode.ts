const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/**
 * Takes `application/x-www-form-urlencoded` apart into the bytes of each name and value, percent-decoded exactly once:
 * what a signature over the form covers, before any charset comes into play.
 *
 * Nothing in the bytes makes it fail: a `%` without two hexadecimal digits stands for itself.
 *
 * Source: WHATWG URL standard, section 5.1.
 *
 * @example
 * formSplit(toBytes('name=%D5%C5')); // one pair: the bytes of `name`, and D5 C5
 */
export function formSplit(form: Uint8Array): [Uint8Array, Uint8Array][] {
  return rawEntries(form).map(([name, value]) => [percentDecode(name), percentDecode(value)]);
}

function rawEntries(form: Uint8Array): [Uint8Array, Uint8Array][] {
  const entries: [Uint8Array, Uint8Array][] = [];
  for (let start = 0; start < form.length;) {
    const found = form.indexOf(AMPERSAND, start);
    const end = found < 0 ? form.length : found;
    if (end > start) entries.push(splitEntry(form.subarray(start, end)));
    start = end + 1;
  }
  return entries;
}

function splitEntry(entry: Uint8Array): [Uint8Array, Uint8Array] {
  const found = entry.indexOf(EQUALS);
  const equals = found < 0 ? entry.length : found;
  return [entry.subarray(0, equals), entry.subarray(equals + 1)];
}

function percentDecode(part: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(part.length);
  let length = 0;
  for (let at = 0; at < part.length; at++) {
    const byte = part[at] ?? 0;
    const escaped = byte === PERCENT ? hexByte(part[at + 1], part[at + 2]) : -1;
    if (escaped >= 0) {
      decoded[length++] = escaped;
      at += 2;
    } else {
      decoded[length++] = byte === PLUS ? SPACE : byte;
    }
  }
  return decoded.subarray(0, length);
}

function hexByte(high: number | undefined, low: number | undefined): number {
  const [first, second] = [hexDigit(high), hexDigit(low)];
  return first < 0 || second < 0 ? -1 : first * 16 + second;
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lowerCase = byte | 0x20;
  return lowerCase >= 0x61 && lowerCase <= 0x66 ? lowerCase - 0x61 + 10 : -1;
}
