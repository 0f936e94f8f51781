import { describe, expect, it } from '@jest/globals';
import type { Grant } from './budget.repository.js';
import { LeaseLine } from './lease-line.js';

const NEVER = new AbortController().signal;

/** A line whose budget grants what it is told to, in order, and then nothing. */
function lineOf(grants: (number | Error)[], rate = 100) {
  const asked: number[] = [];
  const errors: unknown[] = [];
  let time = 0;
  const line = new LeaseLine(rate, {
    take: (most): Promise<Grant> => {
      asked.push(most);
      const granted = grants.shift() ?? 0;
      if (granted instanceof Error) return Promise.reject(granted);
      return Promise.resolve({ granted, calls: granted > 0 ? 0 : 0.99, rate });
    },
    onError: (error) => void errors.push(error),
    now: () => time,
  });
  return { line, asked, errors, later: (milliseconds: number) => (time += milliseconds) };
}

describe('LeaseLine', () => {
  it('fetches calls in blocks of a tenth of a second, and serves in order', async () => {
    const { line, asked } = lineOf([2, 10]);
    const served: number[] = [];
    const waits = [1, 2, 3, 4].map((place) => line.wait(NEVER).then(() => served.push(place)));
    await Promise.all(waits);
    expect([served, asked]).toEqual([
      [1, 2, 3, 4],
      [10, 10],
    ]);
  });

  it('uses what is left of a block for a second, and then no more', async () => {
    const { line, asked, later } = lineOf([10, 10]);
    await line.wait(NEVER);
    later(999);
    await line.wait(NEVER);
    expect(asked).toEqual([10]);
    later(1);
    await line.wait(NEVER);
    expect(asked).toEqual([10, 10]);
  });

  it('asks again when there was nothing, or no answer', async () => {
    const { line, asked, errors } = lineOf([0, 1]);
    await line.wait(NEVER);
    expect([asked, errors]).toEqual([[10, 10], []]);
    const silent = lineOf([new Error('no database'), 1]);
    await silent.line.wait(NEVER);
    expect([silent.asked, silent.errors]).toEqual([[10, 10], [new Error('no database')]]);
  });

  it('lets go whoever does not want to wait any more', async () => {
    const { line } = lineOf([]);
    const giveUp = new AbortController();
    const waiting = line.wait(giveUp.signal);
    giveUp.abort(new Error('the process stops'));
    await expect(waiting).rejects.toThrow('the process stops');
    await expect(line.wait(giveUp.signal)).rejects.toThrow('the process stops');
  });

  it('hands on a call that was not made', async () => {
    const { line, asked } = lineOf([1], 1);
    await line.wait(NEVER);
    const second = line.wait(NEVER);
    line.giveBack();
    await second;
    expect(asked[0]).toBe(1);
  });
});
