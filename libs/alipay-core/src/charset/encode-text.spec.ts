import { describe, expect, it } from '@jest/globals';
import { AlipayError } from '../errors/alipay-error.js';
import type { Charset } from './charset.js';
import { decodeText } from './decode-text.js';
import { encodeText } from './encode-text.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function refusal(text: string, charset: Charset, label?: string): AlipayError {
  try {
    encodeText(text, charset, label);
  } catch (error) {
    if (error instanceof AlipayError) return error;
  }
  throw new Error('encodeText did not refuse the text');
}

describe('encodeText', () => {
  it.each([
    ['utf-8', '张三', 'e5bca0e4b889'],
    ['gbk', '张三', 'd5c5c8fd'],
    ['gb2312', '张三', 'd5c5c8fd'],
    ['gb18030', '张三', 'd5c5c8fd'],
    ['gbk', '镕', 'e946'],
    ['gb2312', '镕', 'e946'],
    ['gbk', '€', '80'],
    ['gb18030', '€', 'a2e3'],
    ['gb18030', '𠮷', '9534b235'],
    ['utf-8', '𠮷', 'f0a0aeb7'],
    ['gbk', 'a?·b', '613fa1a462'],
    ['gbk', 'ascii?', '61736369693f'],
    ['gbk', '', ''],
  ] as const)('writes in %s %p as %s', (charset, text, bytes) => {
    expect(hex(encodeText(text, charset))).toBe(bytes);
  });

  it.each([
    ['gbk', '张?𠮷', 'character 3 is U+20BB7 (Chinese character), which gbk cannot hold.'],
    ['gb2312', '😀三', 'character 1 is U+1F600 (emoji), which gb2312 cannot hold.'],
    [
      'gbk',
      '😀'.slice(0, 1),
      'character 1 is U+D83D (half of a surrogate pair), which gbk cannot hold.',
    ],
    [
      'gb18030',
      'a\uDC00',
      'character 2 is U+DC00 (half of a surrogate pair), which gb18030 cannot hold.',
    ],
    [
      'utf-8',
      '𠮷\uD842三',
      'character 2 is U+D842 (half of a surrogate pair), which utf-8 cannot hold.',
    ],
    ['gbk', 'ḿ\uE7C7', 'character 2 is U+E7C7 (private-use character), which gbk cannot hold.'],
    [
      'gb18030',
      '\uE5E5',
      'character 1 is U+E5E5 (private-use character), which gb18030 cannot hold.',
    ],
    ['gbk', 'ñ', 'character 1 is U+00F1 (letter), which gbk cannot hold.'],
    ['gbk', '٣', 'character 1 is U+0663 (digit), which gbk cannot hold.'],
    ['gbk', '•', 'character 1 is U+2022 (symbol), which gbk cannot hold.'],
    ['gbk', '\u0080', 'character 1 is U+0080 (control character), which gbk cannot hold.'],
    ['gbk', '\u{10FFFE}', 'character 1 is U+10FFFE (unassigned character), which gbk cannot hold.'],
  ] as const)('refuses in %s %p', (charset, text, message) => {
    const error = refusal(text, charset);
    expect(error.code).toBe('UNENCODABLE_CHARACTER');
    expect(error.message).toBe(message);
  });

  it('names the field, and shows nothing of the text but the one character', () => {
    expect(refusal('{"name":"王秘密𠮷"}', 'gbk', 'biz_content').message).toBe(
      'biz_content: character 13 is U+20BB7 (Chinese character), which gbk cannot hold.',
    );
  });

  it('says what to do instead', () => {
    expect(refusal('𠮷', 'gbk').nextStep).toBe(
      'Use the charset utf-8 or gb18030, which hold every character, or replace this one.',
    );
    expect(refusal('\uD842', 'utf-8').nextStep).toBe(
      'Give well-formed text: a string was probably cut in the middle of a character.',
    );
  });

  // The whole of the basic plane, and every 97th character beyond; gb18030 lacks U+E5E5 alone.
  it.each([
    ['utf-8', 74_299],
    ['gb18030', 74_298],
    ['gbk', 24_067],
    ['gb2312', 24_067],
  ] as const)(
    'writes in %s nothing that does not read back, over %i characters',
    (charset, count) => {
      const wrong: string[] = [];
      let held = 0;
      for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += codePoint < 0x10000 ? 1 : 97) {
        const character = String.fromCodePoint(codePoint);
        let bytes: Uint8Array;
        try {
          bytes = encodeText(character, charset);
        } catch {
          continue;
        }
        held++;
        if (decodeText(bytes, charset) !== character) wrong.push(codePoint.toString(16));
      }
      expect(wrong).toEqual([]);
      expect(held).toBe(count);
    },
  );
});
