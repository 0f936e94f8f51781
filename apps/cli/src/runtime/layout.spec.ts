import { describe, expect, it } from '@jest/globals';
import { alignFields, alignRows } from './layout.js';

const emphasise = (text: string) => `<${text}>`;

describe('alignFields', () => {
  it('puts the values into one column and a dash where there is none', () => {
    const fields = [
      ['code', '10000'],
      ['trace id', null],
    ] as const;
    expect(alignFields(fields, emphasise)).toEqual(['<code    >  10000', '<trace id>  -']);
  });
});

describe('alignRows', () => {
  it('pads every column but the last', () => {
    const rows = [
      ['40004', 'no user'],
      ['1', 'x'],
    ];
    expect(alignRows(['CODE', 'MEANING'], rows, emphasise)).toEqual([
      '<CODE   MEANING>',
      '40004  no user',
      '1      x',
    ]);
  });
});
