import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeText } from './encode-text.js';
import { formDecode } from '../../test/form-decode.js';
import { formEncode } from './form-encode.js';

const GBK_CHARACTERS = Array.from({ length: 0x10000 }, (_, code) =>
  String.fromCharCode(code),
).filter((character) => {
  try {
    return encodeText(character, 'gbk').length > 0;
  } catch {
    return false;
  }
});

const gbkText = fc
  .array(fc.nat({ max: GBK_CHARACTERS.length - 1 }), { maxLength: 40 })
  .map((indexes) => indexes.map((index) => GBK_CHARACTERS[index]).join(''));
const fields = <T>(text: fc.Arbitrary<T>) => fc.array(fc.tuple(text, text), { maxLength: 6 });

describe('formEncode', () => {
  it.each([
    ['gbk', '张', 'name=%D5%C5'],
    ['gb2312', '张', 'name=%D5%C5'],
    ['gb18030', '𠮷', 'name=%954%B25'],
    ['utf-8', '张', 'name=%E5%BC%A0'],
    ['utf-8', 'a b+c&d=e%', 'name=a%20b%2Bc%26d%3De%25'],
    ['gbk', 'a b+c&d=e%', 'name=a%20b%2Bc%26d%3De%25'],
    ['utf-8', "Az09-._~*!'()", 'name=Az09-._%7E%2A%21%27%28%29'],
    ['gbk', "Az09-._~*!'()", 'name=Az09-._%7E%2A%21%27%28%29'],
  ] as const)('writes in %s %p as %s', (charset, text, form) => {
    expect(formEncode([['name', text]], charset)).toBe(form);
  });

  it('joins entries in their order, names encoded too', () => {
    expect(
      formEncode(
        new Map([
          ['b&', '1'],
          ['a', ''],
          ['姓', '2'],
        ]),
        'utf-8',
      ),
    ).toBe('b%26=1&a=&%E5%A7%93=2');
    expect(formEncode([], 'gbk')).toBe('');
  });

  it.each(['gbk', 'utf-8'] as const)('names the entry that %s cannot hold', (charset) => {
    expect(() =>
      formEncode(
        [
          ['a', '1'],
          ['biz_content', '{\uD800}'],
        ],
        charset,
      ),
    ).toThrow(
      `biz_content: character 2 is U+D800 (half of a surrogate pair), which ${charset} cannot hold.`,
    );
  });
});

describe('formSplit', () => {
  it.each([
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['a=x+y%20z%2B', [['a', 'x y z+']]],
    ['a=b=c', [['a', 'b=c']]],
    [
      '&&a&=1&',
      [
        ['a', ''],
        ['', '1'],
      ],
    ],
    ['', []],
    [
      'rate=100%&b=%4&c=%zz&d=%',
      [
        ['rate', '100%'],
        ['b', '%4'],
        ['c', '%zz'],
        ['d', '%'],
      ],
    ],
    ['a=%2541', [['a', '%41']]],
    ['a=%d5%C5张', [['a', '张张']]],
    ['a=%D5', [['a', '\uFFFD']]],
  ])('reads the gbk form %p', (form, entries) => {
    expect(formDecode(form, 'gbk')).toEqual(entries);
  });

  it('reads bytes, and keeps a byte order mark inside a value', () => {
    expect(formDecode(Buffer.from('a=张&b=%EF%BB%BFx'), 'utf-8')).toEqual([
      ['a', '张'],
      ['b', '\uFEFFx'],
    ]);
  });
});

describe('a form', () => {
  it('round-trips every GBK-encodable text in gbk and gb2312', () => {
    fc.assert(
      fc.property(fields(gbkText), fc.constantFrom('gbk', 'gb2312'), (entries, charset) => {
        expect(formDecode(formEncode(entries, charset), charset)).toEqual(entries);
      }),
      { numRuns: 300 },
    );
    const everything = GBK_CHARACTERS.join('');
    expect(formDecode(formEncode([['all', everything]], 'gbk'), 'gbk')).toEqual([
      ['all', everything],
    ]);
    expect(GBK_CHARACTERS).toHaveLength(24_067);
  });

  it('round-trips every well-formed text in utf-8 and gb18030', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\uE5E5'));
    fc.assert(
      fc.property(fields(text), fc.constantFrom('utf-8', 'gb18030'), (entries, charset) => {
        expect(formDecode(formEncode(entries, charset), charset)).toEqual(entries);
      }),
      { numRuns: 300 },
    );
  });
});
