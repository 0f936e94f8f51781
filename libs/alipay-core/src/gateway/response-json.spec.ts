import { describe, expect, it } from '@jest/globals';

import { JsonFault, JsonReader } from './response-json.js';

function read(text: string, maxDepth = 64) {
  const reader = new JsonReader(new TextEncoder().encode(text), 'utf-8', maxDepth);
  const value = reader.readValue();
  if (reader.nextOffset() !== null) throw new JsonFault('trailing', 0);
  return value;
}

describe('JsonReader', () => {
  it.each([
    ['"\\u5f20\\u4E09\\n\\/\\"\\\\\\b\\f\\r\\t"', '张三\n/"\\\b\f\r\t'],
    ['"\\ud83d\\ude00 \\ud800"', '\u{1f600} \ud800'],
    ['"😀\u2028\u007f\uFEFF"', '😀\u2028\u007f\uFEFF'],
    ['""', ''],
    ['-0', -0],
    ['0', 0],
    ['-12.50e-1', -1.25],
    ['1E3', 1000],
    ['1e+2', 100],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['-20880000000000000001', '-20880000000000000001'],
    ['1e400', '1e400'],
    ['1.7976931348623157e308', '1.7976931348623157e308'],
    ['true', true],
    ['false', false],
    ['null', null],
    [' [ ] ', []],
    ['[1,[2,{}],"x"]', [1, [2, {}], 'x']],
    ['{"a":1,"b":2,"a":3}', { a: 3, b: 2 }],
    ['{"":{"\\u0061":[]}}', { '': { a: [] } }],
    [
      '[{"ab":1},{"abc":2},{"ab":3},{"a":4},{"ad":5}]',
      [{ ab: 1 }, { abc: 2 }, { ab: 3 }, { a: 4 }, { ad: 5 }],
    ],
    [
      '[{"a\\"b":1},{"a\\"b":2},{"a\\"b\\"c":3},{"a":4}]',
      [{ 'a"b': 1 }, { 'a"b': 2 }, { 'a"b"c': 3 }, { a: 4 }],
    ],
    ['[{"":1},{"":2},{"张":3},{"张":4}]', [{ '': 1 }, { '': 2 }, { 张: 3 }, { 张: 4 }]],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toStrictEqual(expected);
  });

  it.each([
    '',
    ' ',
    '[1,]',
    '[,1]',
    '[1 2]',
    '[1',
    '{"a":1,}',
    '{,}',
    '{"a"}',
    '{"a" 1}',
    '{a:1}',
    "{'a':1}",
    '{1:1}',
    '{"a":}',
    '01',
    '-',
    '-01',
    '+1',
    '.5',
    '1.',
    '1.e1',
    '1e',
    '1e+',
    '0x10',
    '1_000',
    'NaN',
    'Infinity',
    '-Infinity',
    'undefined',
    'tru',
    'truE',
    'nulls',
    '"\t"',
    '"\n"',
    '"\u0000"',
    '"\u001f"',
    '"\\x41"',
    '"\\u12"',
    '"\\u12g4"',
    '"\\\n"',
    '"\\张"',
    '"a',
    '"a\\',
    '"a\\"',
    '/**/1',
    '1//',
    '\u00a01',
    '\u000b1',
    '\uFEFF1',
    '"a""b"',
    '1 1',
    ']',
    '}',
    ':',
    ',',
  ])('refuses %j, as JSON.parse does', (text) => {
    expect(() => read(text)).toThrow(JsonFault);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  it('makes __proto__ an own member and leaves the prototype alone', () => {
    const value = read('{"__proto__":{"polluted":1},"a":{"__proto__":null,"__proto__":2}}');

    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value!)).toEqual([
      ['__proto__', { polluted: 1 }],
      ['a', Object.fromEntries([['__proto__', 2]])],
    ]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('says nothing of the content in a fault', () => {
    const fault = (text: string) => {
      try {
        return read(text);
      } catch (error) {
        return error instanceof JsonFault ? `${error.message} @${error.offset}` : error;
      }
    };

    expect(fault('["secret\\q"]')).toBe('A string holds an escape that is not valid @1');
    expect(fault('["secret\u0001"]')).toBe('A control character stands in a string @8');
    expect(fault('["secret" secret]')).toBe(
      'Where a comma or the end of the array is expected, something else stands @10',
    );
    expect(fault('[-secret]')).toBe('A digit is expected @2');
    expect(fault('[secret]')).toBe('A value is expected @1');
    expect(fault('["secret\\')).toBe('The answer ends too early @9');
  });
});
