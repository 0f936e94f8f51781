import { describe, expect, it } from '@jest/globals';
import { applicationOfRecord } from './csv-value.js';

describe('applicationOfRecord', () => {
  it.each([
    ['2026/11/4 8:05', '2026-11-04T08:05:00.000Z'],
    ['2026/11/4', '2026-11-04T00:00:00.000Z'],
    ['2026-1-4 18:05:09', '2026-01-04T18:05:09.000Z'],
    ['2026-11-04T08:05:00+08:00', '2026-11-04T08:05:00+08:00'],
    ['45964.5', '45964.5'],
    ['2026/2/30', '2026/2/30'],
  ])('reads the time %s of a spreadsheet as %s', (text, expected) => {
    expect(applicationOfRecord(['consentGrantedAt'], [text], true)).toEqual({
      consent: { grantedAt: expected },
    });
  });

  it.each([
    ['是', true],
    ['TRUE', true],
    ['1', true],
    ['否', false],
    ['no', false],
    ['perhaps', 'perhaps'],
  ])('reads the confirmation %s as %p', (text, expected) => {
    expect(applicationOfRecord(['confirmReapplication'], [text], true)).toMatchObject({
      confirmReapplication: expected,
    });
  });
});
