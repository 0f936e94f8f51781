import { describe, expect, it } from '@jest/globals';
import { waitUntil } from './wait-until.js';

describe('waitUntil', () => {
  it('asks until there is something', async () => {
    let asked = 0;
    const check = () => Promise.resolve(++asked === 3 ? 'there' : undefined);
    expect(await waitUntil(check, { timeoutMs: 10_000, intervalMs: 1 })).toBe('there');
  });

  it('gives up at the deadline', async () => {
    const never = () => Promise.resolve(undefined);
    expect(await waitUntil(never, { timeoutMs: 30, intervalMs: 5 })).toBeUndefined();
  });

  it("throws the signal's reason, before the interval is over", async () => {
    const interruption = new AbortController();
    setTimeout(() => interruption.abort(new Error('called off')), 10);
    const never = () => Promise.resolve(undefined);
    const waiting = waitUntil(never, {
      timeoutMs: 60_000,
      intervalMs: 60_000,
      signal: interruption.signal,
    });
    await expect(waiting).rejects.toThrow('called off');
  });
});
