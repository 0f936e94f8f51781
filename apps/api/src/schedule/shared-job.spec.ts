import { describe, expect, it } from '@jest/globals';
import { sharedJob } from './shared-job.js';

/** Turns as one process sees them. */
function fakeTurns(free: boolean) {
  const said: unknown[] = [];
  return {
    said,
    take: (...words: unknown[]) => {
      said.push(['take', ...words]);
      return Promise.resolve(free);
    },
    hold: (...words: unknown[]) => {
      said.push(['hold', ...words]);
      return Promise.resolve();
    },
  };
}

const signal = new AbortController().signal;

function countingJob(run: () => Promise<void> = () => Promise.resolve()) {
  const job = { name: 'sweep', intervalMs: 1_000, runs: 0, run: () => Promise.resolve() };
  job.run = () => {
    job.runs += 1;
    return run();
  };
  return job;
}

describe('sharedJob', () => {
  it('runs in its turn and gives it back', async () => {
    const turns = fakeTurns(true);
    const job = countingJob();
    await sharedJob(job, turns, () => 'run-1').run(signal);
    expect([job.runs, turns.said]).toEqual([
      1,
      [
        ['take', 'sweep', 'run-1', 800, 10_000],
        ['hold', 'sweep', 'run-1', 0],
      ],
    ]);
  });

  it('leaves it to others when it is not its turn', async () => {
    const turns = fakeTurns(false);
    const job = countingJob();
    await sharedJob(job, turns, () => 'run-1').run(signal);
    expect([job.runs, turns.said]).toEqual([0, [['take', 'sweep', 'run-1', 800, 10_000]]]);
  });

  it('gives the turn back after an error, which passes on', async () => {
    const turns = fakeTurns(true);
    const job = countingJob(() => Promise.reject(new Error('no')));
    await expect(sharedJob(job, turns, () => 'run-1').run(signal)).rejects.toThrow('no');
    expect(turns.said.at(-1)).toEqual(['hold', 'sweep', 'run-1', 0]);
  });
});
