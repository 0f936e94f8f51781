import { hasLoneSurrogate, unencodable } from './unencodable.js';

/**
 * Writes a text in UTF-8 with nothing but the language: no `TextEncoder`, which not every runtime has. Half of a
 * surrogate pair is refused, never replaced.
 *
 * Throws `AlipayError` (`UNENCODABLE_CHARACTER`). Source: ECMA-262, `encodeURIComponent`; RFC 3629, section 3.
 *
 * @example
 * encodeUtf8('张'); // e5 bc a0
 */
export function encodeUtf8(text: string): Uint8Array {
  if (hasLoneSurrogate(text)) throw unencodable(text, 'utf-8', '');
  const escaped = encodeURIComponent(text);
  const bytes: number[] = [];
  for (let at = 0; at < escaped.length; at++) {
    const isEscape = escaped[at] === '%';
    bytes.push(
      isEscape ? Number.parseInt(escaped.slice(at + 1, at + 3), 16) : escaped.charCodeAt(at),
    );
    if (isEscape) at += 2;
  }
  return Uint8Array.from(bytes);
}
