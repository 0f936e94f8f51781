import {
  decodeText,
  encodeText,
  fromBinaryText,
  toBinaryText,
  type Charset,
} from '../charset/index.js';
import { escapeHtml, unescapeHtml } from './text-escapes.js';

/** What may have happened to a text on the way: each maps the text at hand to what may have been signed. */
export const TEXT_VARIANTS = [
  { code: 'html-escaped', apply: unescapeHtml },
  { code: 'html-unescaped', apply: escapeHtml },
  { code: 'line-ends', apply: (text: string) => text.replaceAll('\r\n', '\n') },
  { code: 'line-ends', apply: (text: string) => text.replace(/\r?\n/g, '\r\n') },
  { code: 'escaped-slashes', apply: (text: string) => text.replaceAll('\\/', '/') },
  { code: 'escaped-slashes', apply: (text: string) => text.replace(/\\?\//g, '\\/') },
  { code: 'white-space', apply: (text: string) => text.trim() },
] as const;

const CHARSETS: readonly Charset[] = ['utf-8', 'gbk', 'gb18030'];

/** The same text as bytes of other charsets, each byte a character; null where it cannot be written so. */
export function charsetVariants(charset: Charset): ((bytes: string) => string | null)[] {
  return [
    ...CHARSETS.filter((other) => other !== charset).map(
      (other) => (bytes: string) => rewrite(bytes, charset, (text) => encodeText(text, other)),
    ),
    (bytes) => rewrite(bytes, charset, latin1),
  ];
}

function rewrite(
  bytes: string,
  from: Charset,
  write: (text: string) => Uint8Array | null,
): string | null {
  const text = decodeText(fromBinaryText(bytes), from);
  if (text === null) return null;
  try {
    const written = write(text);
    return written === null ? null : toBinaryText(written);
  } catch {
    return null;
  }
}

function latin1(text: string): Uint8Array | null {
  return /[^\0-\xff]/.test(text) ? null : fromBinaryText(text);
}
