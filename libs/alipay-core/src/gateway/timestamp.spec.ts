import { describe, expect, it } from '@jest/globals';
import { formatTimestamp } from './timestamp.js';

describe('formatTimestamp', () => {
  it('writes UTC+8', () => {
    expect(formatTimestamp(new Date('2026-11-24T08:00:00.999Z'))).toBe('2026-11-24 16:00:00');
  });

  it('rolls over the year', () => {
    expect(formatTimestamp(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01 00:00:00');
  });
});
