import { describe, expect, it } from '@jest/globals';
import { parseNotifyTime } from './notify-time.js';

describe('parseNotifyTime', () => {
  it.each([
    ['2026-11-24 16:00:00', '2026-11-24T08:00:00.000Z'],
    ['2026-01-01 07:59:59', '2025-12-31T23:59:59.000Z'],
    ['2024-02-29 08:00:00', '2024-02-29T00:00:00.000Z'],
  ])('reads %s in UTC+8', (text, instant) => {
    expect(parseNotifyTime(text)?.toISOString()).toBe(instant);
  });

  it.each([
    '',
    '2026-11-24',
    '2026-11-24T16:00:00',
    '2026-11-24 16:00:00.5',
    '2026-02-29 08:00:00',
    '2026-13-01 08:00:00',
    '2026-11-24 24:00:00',
    '2026-11-24 16:60:00',
    ' 2026-11-24 16:00:00',
  ])('knows %p for no time', (text) => {
    expect(parseNotifyTime(text)).toBeNull();
  });
});
