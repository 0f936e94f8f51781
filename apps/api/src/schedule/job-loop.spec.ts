import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { JobLoop } from './job-loop.js';

const errors: unknown[] = [];
const ends = { random: () => 0.5, onError: (error: unknown) => void errors.push(error) };

beforeEach(() => {
  jest.useFakeTimers();
  errors.length = 0;
});
afterEach(() => {
  jest.useRealTimers();
});

function quickJob() {
  const job = {
    runs: 0,
    name: 'quick',
    intervalMs: 1_000,
    run: () => {
      job.runs += 1;
      return Promise.resolve();
    },
  };
  return job;
}

/** A job whose runs end when they are told to. */
function slowJob() {
  const ended: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  return {
    ended,
    signals,
    name: 'slow',
    intervalMs: 1_000,
    run: (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<void>((resolve) => ended.push(resolve));
    },
  };
}

describe('JobLoop', () => {
  it('runs at once, then at nine tenths of the interval when the dice say half', async () => {
    const job = quickJob();
    const loop = new JobLoop(job, ends);
    await jest.advanceTimersByTimeAsync(0);
    expect(job.runs).toBe(1);
    await jest.advanceTimersByTimeAsync(899);
    expect(job.runs).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(job.runs).toBe(2);
    await loop.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(job.runs).toBe(2);
  });

  it('goes on after an error', async () => {
    const fault = new Error('no database');
    let runs = 0;
    const run = () => {
      runs += 1;
      return Promise.reject(fault);
    };
    const loop = new JobLoop({ name: 'failing', intervalMs: 1_000, run }, ends);
    await jest.advanceTimersByTimeAsync(2_000);
    expect([runs, errors]).toEqual([3, [fault, fault, fault]]);
    await loop.stop();
  });

  it('never overlaps itself, and runs again when it was asked to meanwhile', async () => {
    const job = slowJob();
    const loop = new JobLoop(job, ends);
    await jest.advanceTimersByTimeAsync(0);
    loop.soon(10);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(job.ended).toHaveLength(1);
    job.ended[0]!();
    await jest.advanceTimersByTimeAsync(0);
    expect(job.ended).toHaveLength(2);
    job.ended[1]!();
    await jest.advanceTimersByTimeAsync(899);
    expect(job.ended).toHaveLength(2);
    const stopped = loop.stop();
    await stopped;
  });

  it('runs sooner when asked, and not later', async () => {
    const job = quickJob();
    const loop = new JobLoop(job, ends);
    await jest.advanceTimersByTimeAsync(0);
    loop.soon(50);
    loop.soon(500);
    await jest.advanceTimersByTimeAsync(50);
    expect(job.runs).toBe(2);
    await loop.stop();
  });

  it('tells the run that it has to stop, and waits for it', async () => {
    const job = slowJob();
    const loop = new JobLoop(job, ends);
    await jest.advanceTimersByTimeAsync(0);
    let stopped = false;
    const stop = loop.stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(1_000);
    expect([job.signals[0]!.aborted, stopped]).toEqual([true, false]);
    job.ended[0]!();
    await stop;
    expect(stopped).toBe(true);
  });
});
