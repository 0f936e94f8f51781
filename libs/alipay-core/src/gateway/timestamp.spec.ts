import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { formatTimestamp } from './timestamp.js';

describe('formatTimestamp', () => {
  it('writes UTC+8', () => {
    expect(formatTimestamp(new Date('2026-11-24T08:00:00.999Z'))).toBe('2026-11-24 16:00:00');
  });

  it('rolls over the year', () => {
    expect(formatTimestamp(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01 00:00:00');
  });

  it.each(['America/New_York', 'Asia/Shanghai', 'UTC'])('does not depend on TZ=%s', (zone) => {
    const script = `${formatTimestamp.toString()}
      const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;
      process.stdout.write(formatTimestamp(new Date('2026-07-01T00:30:00Z')));`;
    const output = execFileSync(process.execPath, ['-e', script], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    });
    expect(output).toBe('2026-07-01 08:30:00');
  });
});
