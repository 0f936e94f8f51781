import { describe, expect, it } from '@jest/globals';
import { applicationOf } from './person.js';

describe('applicationOf', () => {
  it('numbers people by birthday and sequence, with the digit that GB 11643 checks', () => {
    expect(applicationOf(0)).toEqual({
      certType: 'IDENTITY_CARD',
      certNo: '330701195001010002',
      name: '张三',
      mobile: '13900000000',
      reference: 'bench-0',
      consent: { reference: 'c-0', textVersion: '2026-01', grantedAt: '2026-01-01T00:00:00Z' },
    });
    expect(applicationOf(32_001)).toMatchObject({
      certNo: '330701195002020018',
      mobile: '13900032001',
    });
  });

  it('makes no two people of the same number', () => {
    const numbers = Array.from({ length: 5_000 }, (_, n) => applicationOf(n).certNo);
    expect(new Set(numbers).size).toBe(5_000);
    expect(numbers.filter((number) => !/^\d{17}[\dX]$/.test(number))).toEqual([]);
  });
});
