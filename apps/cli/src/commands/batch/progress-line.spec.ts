import { describe, expect, it } from '@jest/globals';
import type { Batch } from '@zhimaper/api-client';
import { progressLine } from './progress-line.js';
import { Rate } from './rate.js';

function batchOf(change: Partial<Batch>): Batch {
  const at = '2026-11-24T08:00:00.000Z';
  return {
    ...{ id: '1', status: 'running', pauseReason: null, lineCount: 1000, retryAt: null },
    ...{ counts: { waiting: 550, authorized: 440, rejected: 10 } },
    ...{ createdAt: at, updatedAt: at, receivedAt: at, endedAt: null },
    ...change,
  };
}

describe('progressLine', () => {
  it.each([
    [
      {},
      32,
      '[#########-----------]  45 %, 450 of 1,000, 32/s, 18 s left, 440 authorized, 10 rejected',
    ],
    [{}, null, '[#########-----------]  45 %, 450 of 1,000, 440 authorized, 10 rejected'],
    [{}, 0, '[#########-----------]  45 %, 450 of 1,000, 0.0/s, 440 authorized, 10 rejected'],
    [
      { lineCount: 1_000_000, counts: { waiting: 1_000_000 } },
      1234.5,
      '[--------------------]   0 %, 0 of 1,000,000, 1,235/s, 13 min 31 s left',
    ],
    [
      { lineCount: 1_000_000, counts: { waiting: 999_999, authorized: 1 } },
      2.34,
      '[--------------------]   0 %, 1 of 1,000,000, 2.3/s, 118 h 42 min left, 1 authorized',
    ],
    [{ lineCount: 0, counts: {} }, null, '[####################] 100 %, 0 of 0'],
    [{ status: 'receiving' as const }, null, 'its lines are being received'],
  ])('says of %j at %p a second: %s', (change, perSecond, line) => {
    expect(progressLine(batchOf(change), perSecond)).toBe(line);
  });
});

describe('Rate', () => {
  it('goes by the last thirty seconds', () => {
    const rate = new Rate();
    expect(rate.perSecond).toBeNull();
    rate.add(0, 0);
    expect(rate.perSecond).toBeNull();
    rate.add(10_000, 100);
    expect(rate.perSecond).toBe(10);
    rate.add(41_000, 100);
    expect(rate.perSecond).toBeNull();
    rate.add(42_000, 150);
    expect(rate.perSecond).toBe(50);
  });
});
