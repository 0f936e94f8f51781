import { describe, expect, it } from '@jest/globals';
import { formatTimestamp } from './timestamp.js';

describe('formatTimestamp', () => {
  it('writes UTC+8', () => {
    expect(formatTimestamp(new Date('2026-11-24T08:00:00.999Z'))).toBe('2026-11-24 16:00:00');
  });

  it('tells one second from the next and from the one before', () => {
    const second = (text: string) => formatTimestamp(new Date(text)).slice(-2);
    const instants = ['08:00:01.000', '08:00:01.999', '08:00:02.000', '08:00:01.500'];
    expect(instants.map((time) => second(`2026-11-24T${time}Z`))).toEqual(['01', '01', '02', '01']);
  });

  it('rolls over the year', () => {
    expect(formatTimestamp(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01 00:00:00');
  });
});
