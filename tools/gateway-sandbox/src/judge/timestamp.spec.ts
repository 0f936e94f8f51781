import { describe, expect, it } from '@jest/globals';

import { isTimely, readTimestamp } from './timestamp.js';

describe('readTimestamp', () => {
  it('reads UTC+8', () => {
    expect(readTimestamp('1970-01-01 08:00:01')).toBe(1_000);
    expect(readTimestamp('2014-07-24 03:07:50')).toBe(1_406_142_470_000);
  });

  it.each([
    '2014-07-24T03:07:50',
    '2014-7-24 03:07:50',
    '2014-02-30 03:07:50',
    '2014-07-24 24:00:00',
    '2014-07-24 03:07:60',
    '2014-07-24 03:07:50 ',
    '1406142470000',
    '',
  ])('does not take "%s" for a time', (text) => {
    expect(readTimestamp(text)).toBeNull();
  });
});

describe('isTimely', () => {
  const now = 1_406_142_470_000;

  it.each([
    ['2014-07-24 03:07:50', true],
    ['2014-07-24 03:08:50', true],
    ['2014-07-24 03:06:50', true],
    ['2014-07-24 03:08:51', false],
    ['2014-07-24 03:06:49', false],
    ['2014-07-23 19:07:50', false],
  ])('judges %s within a minute of 03:07:50: %s', (text, timely) => {
    expect(isTimely(text, { now, timestampToleranceMs: 60_000 })).toBe(timely);
  });
});
