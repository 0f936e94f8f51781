import { describe, expect, it } from '@jest/globals';
import { alignFields, plainFields, plainRows, type Column } from './layout.js';

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
    expect(alignFields(FIELDS, 80, emphasise)).toEqual(['<code    >  10000', '<trace id>  -']);
  });

  it('parts prose into lines, and leaves whole what is copied', () => {
    const text = 'one two 三个字 four';
    expect(
      alignFields(
        [
          ['note', text, 'prose'],
          ['sign', text],
        ],
        22,
        emphasise,
      ),
    ).toEqual(['<note>  one two 三个字', '      four', `<sign>  ${text}`]);
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
