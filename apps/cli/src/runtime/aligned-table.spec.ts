import { describe, expect, it } from '@jest/globals';
import { AlignedTable } from './aligned-table.js';
import type { Column } from './layout.js';

const emphasise = (text: string) => `<${text}>`;
interface Row {
  name: string;
  note: string | null;
}

const COLUMNS: readonly Column<Row>[] = [
  { heading: 'NAME', value: ({ name }) => name },
  { heading: 'NOTE', value: ({ note }) => note, flexible: true },
  { heading: 'END', value: () => 'x' },
];

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

  it('leaves out the lowest columns first where there is no room, and says so', () => {
    const columns: Column<Row>[] = [
      { heading: 'ID', value: () => '0123456789' },
      { heading: 'NAME', value: ({ name }) => name, rank: 2 },
      { heading: 'NOTE', value: ({ note }) => note, flexible: true, rank: 1 },
      { heading: 'END', value: () => 'x', rank: 3 },
    ];
    const rows = [{ name: 'abcdef', note: 'long enough' }];
    const table = new AlignedTable(columns, 25, emphasise);
    expect(table.lines(rows)).toEqual(['<ID          NAME    END>', '0123456789  abcdef  x']);
    expect(table.omitted).toEqual(['NOTE']);
    const narrow = new AlignedTable(columns, 4, emphasise);
    expect(narrow.lines(rows)).toEqual(['<ID>', '0123456789']);
    expect(narrow.omitted).toEqual(['NOTE', 'NAME', 'END']);
  });

  it('parts the last column into lines where it may', () => {
    const columns: Column<Row>[] = [
      { heading: 'NAME', value: ({ name }) => name },
      { heading: 'NOTE', value: ({ note }) => note, flexible: true, wraps: true },
    ];
    const table = new AlignedTable(columns, 16, emphasise);
    expect(table.lines([{ name: 'a', note: 'one two three 四五六' }])).toEqual([
      '<NAME  NOTE>',
      'a     one two',
      '      three 四五',
      '      六',
    ]);
  });
});
