import { describe, expect, it } from '@jest/globals';
import { parseDuration } from './duration.js';

describe('parseDuration', () => {
  it.each([
    ['90d', 7_776_000_000],
    ['12h', 43_200_000],
    ['1m', 60_000],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(['', '90', 'd', '0d', '1.5h', '-1d', '1 d', '1w', '9999999d'])('refuses "%s"', (text) => {
    expect(() => parseDuration(text)).toThrow('It is a number of days, hours or minutes');
  });
});
