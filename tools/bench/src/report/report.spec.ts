import { describe, expect, it } from '@jest/globals';
import { ratio } from '../bench-case.js';
import { reportCase } from './results.js';
import { tableOf } from './table.js';

const CASE = { name: 'x', title: 'the case' };
const RESULT = {
  measurements: [
    {
      name: 'ours',
      callsPerRound: 10,
      cpuMicroseconds: [1.23456, 2, 9],
      wallMicroseconds: [10, 20, 30],
    },
    { name: 'a child', callsPerRound: 1, cpuMicroseconds: [], wallMicroseconds: [5] },
  ],
  figures: [
    ratio('kept', 1.2, { atMost: 1.25 }),
    ratio('missed', 2.39, { atLeast: 2.4 }),
    ratio('only to know', 7),
  ],
};

describe('reportCase', () => {
  it('keeps medians, spread and verdicts', () => {
    expect(reportCase(CASE, RESULT, true)).toEqual({
      name: 'x',
      title: 'the case',
      measurements: [
        {
          name: 'ours',
          callsPerRound: 10,
          rounds: 3,
          cpuMicroseconds: 2,
          wallMicroseconds: 20,
          wallSpreadMicroseconds: 10,
        },
        {
          name: 'a child',
          callsPerRound: 1,
          rounds: 1,
          cpuMicroseconds: null,
          wallMicroseconds: 5,
          wallSpreadMicroseconds: 0,
        },
      ],
      figures: [
        { name: 'kept', value: 1.2, unit: 'x', budget: { atMost: 1.25 }, kept: true },
        { name: 'missed', value: 2.39, unit: 'x', budget: { atLeast: 2.4 }, kept: false },
        { name: 'only to know', value: 7, unit: 'x', budget: null, kept: null },
      ],
    });
  });

  it('judges nothing in a quick run', () => {
    expect(reportCase(CASE, RESULT, false).figures.map(({ kept }) => kept)).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is a table for people', () => {
    expect(tableOf(reportCase(CASE, RESULT, true))).toBe(
      [
        'the case',
        '  kept          1.2 x   <= 1.25  kept',
        '  missed        2.39 x  >= 2.4   MISSED',
        '  only to know  7 x',
        '  ours     2 us CPU  20 us  3 x 10',
        '  a child  -         5 us   1 x 1',
        '',
      ].join('\n'),
    );
  });
});
