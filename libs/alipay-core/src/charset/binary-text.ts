const CHUNK = 8_192;

/**
 * Writes each byte as the character of the same number, so that bytes can be searched, compared and replaced like text
 * whatever their charset.
 *
 * @example
 * toBinaryText(Uint8Array.of(0xd5, 0xc5)); // 'ÕÅ'
 */
export function toBinaryText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return text;
}

/** The bytes that `toBinaryText` wrote. */
export function fromBinaryText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
