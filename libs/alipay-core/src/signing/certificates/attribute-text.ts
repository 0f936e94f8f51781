import { decodeUtf8 } from '../../unicode/index.js';
import type { DerElement } from './der.js';

/** UTF8String, PrintableString, T61String, IA5String, GeneralString, BMPString. */
const STRING_TAGS: ReadonlySet<number> = new Set([0x0c, 0x13, 0x14, 0x16, 0x1b, 0x1e]);
/** The JDK escapes `=` and `#` too, and everywhere. */
const ESCAPED = /[,=+<>#;"\\]/g;
const BLANKS_AROUND = /^[ \r]+|[ \r]+$/g;

/**
 * Writes an attribute's value as text, escaped as the JDK does it, or answers null for a value that it writes in
 * hexadecimal: one that is none of the six types of text that it knows.
 *
 * The JDK reads the bytes of all six as UTF-8: a BMPString's every other byte is `\00`, a T61String's bytes beyond
 * ASCII become U+FFFD. A serial number agrees with the gateway's only if it does the same.
 */
export function attributeText({ tag, content }: DerElement): string | null {
  if (!STRING_TAGS.has(tag)) return null;
  return decodeAsJdk(content)
    .replace(ESCAPED, '\\$&')
    .replaceAll('\0', '\\00')
    .replace(BLANKS_AROUND, (blanks) => blanks.replace(/./gs, '\\$&'));
}

/** As the runtime decodes UTF-8, but for an encoded surrogate, which the JDK replaces as a whole. */
function decodeAsJdk(bytes: Uint8Array): string {
  const patched = Uint8Array.from(bytes);
  for (let offset = 0; offset + 2 < patched.length; offset += 1) {
    const [lead = 0, second = 0, third = 0] = patched.subarray(offset, offset + 3);
    const isSurrogate = lead === 0xed && second >= 0xa0 && second <= 0xbf && third >> 6 === 0b10;
    if (isSurrogate) patched.set(ENCODED_REPLACEMENT, offset);
  }
  return decodeUtf8(patched);
}

/** U+FFFD in UTF-8. */
const ENCODED_REPLACEMENT = [0xef, 0xbf, 0xbd];
