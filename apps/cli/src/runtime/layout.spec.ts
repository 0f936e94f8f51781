import { describe, expect, it } from '@jest/globals';
import { AlignedTable, alignFields, cut, plainFields, plainRows, type Column } from './layout.js';

const emphasise = (text: string) => `<${text}>`;
const FIELDS = [
  ['code', '10000'],
  ['trace id', null],
] as const;

interface Row {
  name: string;
  note: string | null;
}

const COLUMNS: readonly Column<Row>[] = [
  { heading: 'NAME', value: ({ name }) => name },
  { heading: 'NOTE', value: ({ note }) => note, flexible: true },
  { heading: 'END', value: () => 'x' },
];

describe('alignFields', () => {
  it('puts the values into one column and a dash where there is none', () => {
    expect(alignFields(FIELDS, emphasise)).toEqual(['<code    >  10000', '<trace id>  -']);
  });
});

describe('plainFields', () => {
  it('parts label and value by a tab', () => {
    expect(plainFields(FIELDS)).toEqual(['code\t10000', 'trace id\t-']);
  });

  it('keeps a value from breaking the line or steering the terminal', () => {
    expect(plainFields([['x', 'a\tb\nc\u001b]0;d\u0007\u202e']])).toEqual(['x\ta b c�]0;d��']);
  });
});

describe('plainRows', () => {
  it('parts values by tabs, without a heading', () => {
    expect(plainRows(COLUMNS, [{ name: 'a', note: null }])).toEqual(['a\t-\tx']);
  });
});

describe('AlignedTable', () => {
  it('aligns Chinese characters, which take two columns', () => {
    const table = new AlignedTable(COLUMNS, 80, emphasise);
    const rows = [
      { name: '张三丰', note: '无' },
      { name: 'Li', note: 'none' },
    ];
    expect(table.lines(rows)).toEqual([
      '<NAME    NOTE  END>',
      '张三丰  无    x',
      'Li      none  x',
    ]);
  });

  it('cuts flexible columns where the terminal is narrow', () => {
    const table = new AlignedTable(COLUMNS, 21, emphasise);
    expect(table.lines([{ name: 'abcdef', note: '这是一个很长的说明' }])).toEqual([
      '<NAME    NOTE      END>',
      'abcdef  这是一…   x',
    ]);
  });

  it('writes the heading once, and never narrows a column again', () => {
    const table = new AlignedTable(COLUMNS, 80, emphasise);
    table.lines([{ name: 'abcdef', note: 'n' }]);
    expect(table.lines([{ name: 'a', note: 'n' }])).toEqual(['a       n     x']);
  });
});

describe('cut', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['张三丰', 6, '张三丰'],
    ['张三丰', 5, '张三…'],
    ['张三丰', 4, '张…'],
  ])('makes %s fit %i columns', (text, width, expected) => {
    expect(cut(text, width)).toBe(expected);
  });
});
