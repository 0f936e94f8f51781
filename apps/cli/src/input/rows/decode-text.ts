/** How a file of rows may be written; GB18030 reads GBK and GB2312 too. */
export type TextEncoding = 'utf-8' | 'gb18030';

/** The names that it may be given by. */
export const ENCODINGS = {
  'utf-8': 'utf-8',
  gbk: 'gb18030',
  gb18030: 'gb18030',
} as const satisfies Readonly<Record<string, TextEncoding>>;

const UTF_8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** So many characters beyond ASCII tell the encodings apart. */
const ENOUGH_CHARACTERS = 32;
/** As much is held back at most while they are sought. */
const ENOUGH_BYTES = 1024 * 1024;

/**
 * Decodes a file piece by piece, a byte order mark dropped; malformed bytes become U+FFFD. Without an encoding it is
 * told by the first characters beyond ASCII, and until then nothing but ASCII has been decoded.
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array | string>,
  given: TextEncoding | null,
): AsyncGenerator<string, void, undefined> {
  let decoder = given === null ? null : new TextDecoder(given);
  let held = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (decoder) {
      yield decoder.decode(bytes, { stream: true });
      continue;
    }
    held = Buffer.concat([held, bytes]);
    const first = firstBeyondAscii(held);
    if (first < 0) {
      yield held.toString('latin1');
      held = Buffer.alloc(0);
    } else if (isTelling(held, first)) {
      decoder = new TextDecoder(encodingOf(held));
      yield decoder.decode(held, { stream: true });
    }
  }
  yield decoder ? decoder.decode() : new TextDecoder(encodingOf(held)).decode(held);
}

/**
 * UTF-8 where more of it is well-formed than not: a single broken character makes no other encoding of a file, and text
 * in GBK hardly ever looks like UTF-8.
 */
export function encodingOf(bytes: Uint8Array): TextEncoding {
  if (UTF_8_BOM.equals(bytes.subarray(0, UTF_8_BOM.length))) return 'utf-8';
  // A character that is cut at the end is no fault.
  const text = new TextDecoder('utf-8').decode(bytes, { stream: true });
  let malformed = 0;
  let wellFormed = 0;
  for (const character of text) {
    if (character === '\uFFFD') malformed += 1;
    else if (character > '\u007f') wellFormed += 1;
  }
  return malformed > wellFormed ? 'gb18030' : 'utf-8';
}

function isTelling(bytes: Buffer, first: number): boolean {
  const marked = UTF_8_BOM.equals(bytes.subarray(0, UTF_8_BOM.length));
  // Every character has two bytes at least beyond ASCII in UTF-8, one in GBK.
  const beyond = bytes.subarray(first).filter((byte) => byte > 0x7f).length;
  return marked || beyond >= 3 * ENOUGH_CHARACTERS || bytes.length >= ENOUGH_BYTES;
}

function firstBeyondAscii(bytes: Uint8Array): number {
  return bytes.findIndex((byte) => byte > 0x7f);
}
