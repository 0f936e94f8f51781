import { describe, expect, it } from '@jest/globals';
import { formatTime } from './time.js';

const AT = new Date('2026-11-24T20:00:00.500Z');

describe('formatTime', () => {
  it.each([
    [null, '2026-11-24 20:00:00Z'],
    [0, '2026-11-24 20:00:00+00:00'],
    [480, '2026-11-25 04:00:00+08:00'],
    [-210, '2026-11-24 16:30:00-03:30'],
  ])('writes an instant at an offset of %p minutes', (offset, expected) => {
    expect(formatTime(AT, offset)).toBe(expected);
  });
});
