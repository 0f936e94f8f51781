import { describe, expect, it } from '@jest/globals';
import { awaiting, repeating } from './local.js';
import { measure } from './measure.js';

function spin(milliseconds: number) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('measure', () => {
  it('runs the contenders in turns, and divides by the calls', async () => {
    const turns: string[] = [];
    const contender = (name: string, cost: number | null) => ({
      name,
      run: (calls: number) => {
        turns.push(name);
        return Promise.resolve({ cpu: cost === null ? null : calls * cost, wall: calls * 100 });
      },
    });
    const measurements = await measure(
      [contender('a', 3), contender('b', 6), contender('c', null)],
      {
        rounds: 2,
        roundMs: 2,
      },
    );
    expect(turns.slice(-6)).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
    expect(measurements.map(({ cpuMicroseconds }) => cpuMicroseconds)).toEqual([
      [3, 3],
      [6, 6],
      [],
    ]);
    expect(measurements.map(({ wallMicroseconds }) => wallMicroseconds)).toEqual([
      [100, 100],
      [100, 100],
      [100, 100],
    ]);
  });

  it('takes so many calls that a round lasts as long as asked', async () => {
    const [only] = await measure([repeating('only', () => spin(0.1))], { rounds: 1, roundMs: 10 });
    expect(only?.callsPerRound).toBeGreaterThanOrEqual(50);
    expect(only?.callsPerRound).toBeLessThanOrEqual(130);
    expect(only?.wallMicroseconds[0]).toBeGreaterThanOrEqual(100);
  });

  it('waits for each call', async () => {
    let under = 0;
    let most = 0;
    await measure(
      [
        awaiting('one', async () => {
          most = Math.max(most, (under += 1));
          await Promise.resolve();
          under -= 1;
        }),
      ],
      { rounds: 1, roundMs: 1 },
    );
    expect(most).toBe(1);
  });
});
