import { describe, expect, it } from '@jest/globals';
import { SharedLimit, type SharedCounter } from './shared-limit.js';

/** A counter as several instances share it. */
function sharedCounter() {
  const sums = new Map<string, number>();
  const added: [string, number][] = [];
  const counter: SharedCounter = {
    add: (key, uses) => {
      added.push([key, uses]);
      const used = (sums.get(key) ?? 0) + uses;
      sums.set(key, used);
      return Promise.resolve({ used, millisecondsLeft: 60_000 });
    },
  };
  return { counter, added };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

function setUp(counter: SharedCounter, step = 1) {
  const clock = { now: 0 };
  const errors: unknown[] = [];
  const limit = new SharedLimit({
    quota: 3,
    windowMs: 60_000,
    step,
    counter,
    onError: (error) => errors.push(error),
    now: () => clock.now,
  });
  return { limit, clock, errors };
}

describe('SharedLimit', () => {
  it('counts down to nothing, each key by itself, and begins anew with the next window', async () => {
    const { limit, clock } = setUp(sharedCounter().counter);
    expect(limit.allowance('a')).toEqual({
      quota: 3,
      remaining: 3,
      windowSeconds: 60,
      resetSeconds: 60,
    });
    for (let use = 0; use < 4; use += 1) limit.use('a');
    expect([limit.allowance('a').remaining, limit.allowance('b').remaining]).toEqual([0, 3]);
    await settle();
    clock.now = 59_500;
    expect(limit.allowance('a')).toMatchObject({ remaining: 0, resetSeconds: 1 });
    clock.now = 60_000;
    expect(limit.allowance('a')).toMatchObject({ remaining: 3, resetSeconds: 60 });
  });

  it('learns from the counter what other instances used', async () => {
    const { counter } = sharedCounter();
    const one = setUp(counter).limit;
    const other = setUp(counter).limit;
    one.use('a');
    one.use('a');
    await settle();
    other.use('a');
    await settle();
    expect(other.allowance('a').remaining).toBe(0);
  });

  it('tells the counter by steps, so that most uses cost nothing', async () => {
    const { counter, added } = sharedCounter();
    const { limit } = setUp(counter, 2);
    limit.use('a');
    limit.use('b');
    expect(added).toEqual([]);
    limit.use('a');
    await settle();
    expect(added).toEqual([['a', 2]]);
    expect(limit.allowance('a').remaining).toBe(1);
  });

  it('goes on by its own count where the counter fails', async () => {
    const fault = new Error('down');
    const { limit, errors } = setUp({ add: () => Promise.reject(fault) });
    limit.use('a');
    await settle();
    limit.use('a');
    await settle();
    expect([limit.allowance('a').remaining, errors]).toEqual([1, [fault, fault]]);
  });
});
