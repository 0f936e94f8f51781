import { describe, expect, it } from '@jest/globals';
import { parseInstant } from './instant.js';

describe('parseInstant', () => {
  it.each([
    ['2026-11-24T08:00:00Z', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24 16:00:00+08:00', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T08:00:00.5Z', '2026-11-24T08:00:00.500Z'],
    ['2026-11-24T08:00', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(parseInstant(text, true)?.toISOString()).toBe(expected);
  });

  it('takes the local zone where none is given', () => {
    expect(parseInstant('2026-11-24', false)).toEqual(new Date(2026, 10, 24));
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-02-30T00:00:00Z', '24.11.2026', '1764000000'])(
    'refuses "%s"',
    (text) => {
      expect(parseInstant(text, true)).toBeNull();
    },
  );
});
