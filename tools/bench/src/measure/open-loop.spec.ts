import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { openLoop } from './open-loop.js';

describe('openLoop', () => {
  it('goes on at its rate while the earlier work is not done', async () => {
    let underWay = 0;
    let most = 0;
    const times = await openLoop({ perSecond: 100, seconds: 0.2 }, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await pause(100);
      underWay -= 1;
    });
    expect(times).toHaveLength(20);
    expect(most).toBeGreaterThan(5);
    // The timer that begins the work may be a millisecond early, and so may the one that ends it.
    expect(Math.min(...times)).toBeGreaterThanOrEqual(98);
  });

  it('counts from when the work was due', async () => {
    const times = await openLoop({ perSecond: 100, seconds: 0.1 }, () => {
      const end = performance.now() + 30;
      while (performance.now() < end);
      return Promise.resolve();
    });
    // Ten times 30 ms where 10 ms were left for each: the last one waits for the nine before it.
    expect(times.at(-1)).toBeGreaterThan(200);
  });
});
