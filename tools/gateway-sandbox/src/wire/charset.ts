import iconv from 'iconv-lite';

/** A charset of the `charset` parameter: the caller's own spelling and the codec behind it. */
export interface Charset {
  label: string;
  codec: 'utf-8' | 'gbk' | 'gb18030';
}

/** `gb2312` is read and written as GBK, its superset, as the gateway's own error text names only GBK and UTF-8. */
const CODECS: ReadonlyMap<string, Charset['codec']> = new Map([
  ['utf-8', 'utf-8'],
  ['gbk', 'gbk'],
  ['gb2312', 'gbk'],
  ['gb18030', 'gb18030'],
]);

export const UTF_8: Charset = { label: 'utf-8', codec: 'utf-8' };

/** The charset of that name in any letter case, or null where the gateway has none of that name. */
export function findCharset(label: string): Charset | null {
  const codec = CODECS.get(label.toLowerCase());
  return codec === undefined ? null : { label, codec };
}

/** Malformed bytes become U+FFFD, so that they encode to other bytes than those that were signed. */
export function decodeBytes(bytes: Buffer, { codec }: Charset): string {
  return codec === 'utf-8' ? bytes.toString('utf8') : iconv.decode(bytes, codec);
}

/** A character that the charset does not hold becomes `?`, as Java's encoder does it. */
export function encodeText(text: string, { codec }: Charset): Buffer {
  return codec === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, codec);
}
