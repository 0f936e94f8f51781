import { describe, expect, it } from '@jest/globals';
import { decodeText, encodingOf, type TextEncoding } from './decode-text.js';

const GBK = Buffer.from('d5c5c8fd', 'hex');
const MARK = Buffer.from('efbbbf', 'hex');

async function decoded(bytes: Buffer, size: number, encoding: TextEncoding | null = null) {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) {
      yield await Promise.resolve(bytes.subarray(at, at + size));
    }
  }
  let text = '';
  for await (const piece of decodeText(pieces(), encoding)) text += piece;
  return text;
}

function repeated(bytes: Uint8Array, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => bytes));
}

describe('decodeText', () => {
  it.each([1, 3, 7, 1000])('tells UTF-8 and GBK apart in pieces of %d bytes', async (size) => {
    const heading = Buffer.from('name,mobile\n');
    expect(await decoded(Buffer.concat([heading, Buffer.from('张三\n')]), size)).toBe(
      'name,mobile\n张三\n',
    );
    expect(await decoded(Buffer.concat([heading, GBK]), size)).toBe('name,mobile\n张三');
    const long = '张三,13588111111\n'.repeat(200);
    expect(await decoded(Buffer.from(long), size)).toBe(long);
    expect(await decoded(repeated(GBK, 200), size)).toBe('张三'.repeat(200));
  });

  it('drops a byte order mark, and goes by it', async () => {
    expect(await decoded(Buffer.concat([MARK, Buffer.from('a')]), 2)).toBe('a');
    expect(await decoded(Buffer.concat([MARK, GBK]), 100)).toBe('\uFFFD\uFFFD\uFFFD\uFFFD');
  });

  it('decodes what it is told to, and marks what is malformed', async () => {
    expect(await decoded(GBK, 1, 'gb18030')).toBe('张三');
    expect(await decoded(Buffer.from('9534b235', 'hex'), 3, 'gb18030')).toBe('𠮷');
    expect(await decoded(GBK, 1, 'utf-8')).toContain('\uFFFD');
  });

  it('is empty for nothing', async () => {
    expect(await decoded(Buffer.alloc(0), 1)).toBe('');
  });
});

describe('encodingOf', () => {
  it.each([
    ['plain ASCII', 'abc', 'utf-8'],
    ['one broken character among good ones', `${'张'.repeat(20)}\u00ff`, 'utf-8'],
  ])('takes %s for %s', (_what, text, encoding) => {
    const bytes = Buffer.from(text).filter((byte) => byte !== 0xc3 || text === 'abc');
    expect(encodingOf(bytes)).toBe(encoding);
  });

  it('takes for GBK what is hardly UTF-8', () => {
    expect(encodingOf(GBK)).toBe('gb18030');
  });
});
