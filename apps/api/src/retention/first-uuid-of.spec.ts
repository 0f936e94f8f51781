import { describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { firstUuidOf } from './first-uuid-of.js';

describe('firstUuidOf', () => {
  it('holds the milliseconds since 1970', () => {
    // The example of RFC 9562, appendix A.6, without its random bits.
    expect(firstUuidOf(new Date('2022-02-22T19:22:22Z'))).toBe(
      '017f22e2-79b0-7000-8000-000000000000',
    );
  });

  it('is not greater than any of that instant, and greater than any before', () => {
    const instant = new Date('2026-11-24T08:00:00Z');
    const made = (msecs: number) => Array.from({ length: 50 }, () => uuid({ msecs }));
    const bound = firstUuidOf(instant);
    expect(made(instant.getTime()).every((id) => id >= bound)).toBe(true);
    expect(made(instant.getTime() - 1).every((id) => id < bound)).toBe(true);
  });
});
