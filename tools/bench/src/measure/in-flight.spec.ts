import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { inFlight } from './in-flight.js';

describe('inFlight', () => {
  it('never has more under way than asked, and does all', async () => {
    let done = 0;
    let now = 0;
    let most = 0;
    await inFlight(10, 3, async () => {
      now += 1;
      most = Math.max(most, now);
      await setTimeout(1);
      now -= 1;
      done += 1;
    });
    expect({ done, most }).toEqual({ done: 10, most: 3 });
  });
});
