/** The well-formed sequences of RFC 3629, section 4, each byte a character. */
const WELL_FORMED = [
  String.raw`[\x00-\x7f]`,
  String.raw`[\xc2-\xdf][\x80-\xbf]`,
  String.raw`\xe0[\xa0-\xbf][\x80-\xbf]`,
  String.raw`[\xe1-\xec\xee\xef][\x80-\xbf]{2}`,
  String.raw`\xed[\x80-\x9f][\x80-\xbf]`,
  String.raw`\xf0[\x90-\xbf][\x80-\xbf]{2}`,
  String.raw`[\xf1-\xf3][\x80-\xbf]{3}`,
  String.raw`\xf4[\x80-\x8f][\x80-\xbf]{2}`,
].join('|');
/** The longest beginnings of a sequence that then breaks off; each becomes one U+FFFD. */
const BROKEN = [
  String.raw`\xe0[\xa0-\xbf]`,
  String.raw`[\xe1-\xec\xee\xef][\x80-\xbf]`,
  String.raw`\xed[\x80-\x9f]`,
  String.raw`\xf0[\x90-\xbf][\x80-\xbf]?`,
  String.raw`[\xf1-\xf3][\x80-\xbf]{1,2}`,
  String.raw`\xf4[\x80-\x8f][\x80-\xbf]?`,
  '[^]',
].join('|');
const SEQUENCE = new RegExp(`(${WELL_FORMED})|${BROKEN}`, 'g');

/**
 * Reads UTF-8 with nothing but the language: no `TextDecoder`, which not every runtime has. What is malformed becomes
 * U+FFFD, one for each longest beginning of a character; a byte order mark is a character like any other.
 *
 * Never throws. Source: RFC 3629, section 4; the Unicode Standard, section 3.9 (maximal subparts).
 *
 * @example
 * decodeUtf8(Uint8Array.of(0xe5, 0xbc, 0xa0, 0xff)); // '张\uFFFD'
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return binary.replace(SEQUENCE, (_, wellFormed: string | undefined) =>
    wellFormed === undefined ? '\uFFFD' : decodeURIComponent(percentEncoded(wellFormed)),
  );
}

function percentEncoded(binary: string): string {
  return binary.replace(/[^]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
