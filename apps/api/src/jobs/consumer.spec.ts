import { afterEach, describe, expect, it } from '@jest/globals';
import { Consumer } from './consumer.js';
import type { HeldJob, JobStore } from './job-store.js';

/** A queue in memory, which notes what became of its jobs. */
class FakeStore implements JobStore {
  readonly waiting: HeldJob[] = [];
  readonly ended: string[] = [];
  readonly asked: number[] = [];
  touched = 0;
  ours = true;
  failFetches = 0;
  failSettles = 0;

  add(id: string, expiryMs = 60_000): void {
    this.waiting.push({ id, data: { id }, expiryMs });
  }

  fetch(most: number): Promise<HeldJob[]> {
    this.asked.push(most);
    if (this.failFetches > 0) {
      this.failFetches -= 1;
      return Promise.reject(new Error('no database'));
    }
    return Promise.resolve(this.waiting.splice(0, most));
  }

  touch(): Promise<boolean> {
    this.touched += 1;
    return Promise.resolve(this.ours);
  }

  complete(id: string): Promise<void> {
    return this.#settle(`${id} completed`);
  }

  fail(id: string, reason: string): Promise<void> {
    return this.#settle(`${id} failed: ${reason}`);
  }

  #settle(end: string): Promise<void> {
    if (this.failSettles > 0) {
      this.failSettles -= 1;
      return Promise.reject(new Error('no database'));
    }
    this.ended.push(end);
    return Promise.resolve();
  }
}

const consumers: Consumer[] = [];
afterEach(async () => {
  for (const consumer of consumers.splice(0)) await consumer.stop();
});

interface Parts {
  work?: (data: unknown, signal: AbortSignal) => Promise<void>;
  concurrency?: number;
}

function start(store: FakeStore, { work = () => Promise.resolve(), concurrency = 2 }: Parts = {}) {
  const errors: unknown[] = [];
  const states: unknown[] = [];
  const consumer = new Consumer(store, {
    concurrency,
    pollMs: 5,
    work,
    onJobError: (error) => void errors.push(error),
    onQueueState: (failure) => void states.push(failure),
  });
  consumers.push(consumer);
  return { consumer, errors, states };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('It did not come about in time.');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Work that ends when it is told to. */
function gate() {
  const open: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const work = (_data: unknown, signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<void>((resolve) => open.push(resolve));
  };
  return { open, signals, work };
}

describe('Consumer', () => {
  it('does jobs, at most so many at once, and completes them', async () => {
    const store = new FakeStore();
    const { open, work } = gate();
    for (const id of ['a', 'b', 'c']) store.add(id);
    start(store, { work });
    await until(() => open.length === 2);
    expect(store.waiting.map(({ id }) => id)).toEqual(['c']);
    open[1]!();
    await until(() => open.length === 3);
    expect(store.ended).toEqual(['b completed']);
    open[0]!();
    open[2]!();
    await until(() => store.ended.length === 3);
    expect(Math.max(...store.asked)).toBe(2);
  });

  it('fails a job that throws, with nothing of the error, and goes on', async () => {
    const store = new FakeStore();
    store.add('a');
    store.add('b');
    const fault = new Error('张三');
    const { errors } = start(store, {
      concurrency: 1,
      work: (data) =>
        (data as { id: string }).id === 'a' ? Promise.reject(fault) : Promise.resolve(),
    });
    await until(() => store.ended.length === 2);
    expect([store.ended, errors]).toEqual([['a failed: error', 'b completed'], [fault]]);
  });

  it('gives signs of life, and tells the work when the job is not ours any more', async () => {
    const store = new FakeStore();
    store.add('a', 15);
    const { open, signals, work } = gate();
    start(store, { work });
    await until(() => store.touched >= 3);
    expect(signals[0]!.aborted).toBe(false);
    store.ours = false;
    await until(() => signals[0]!.aborted);
    open[0]!();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(store.ended).toEqual([]);
  });

  it('stops: takes nothing more, tells the work, and waits for it', async () => {
    const store = new FakeStore();
    store.add('a');
    const { open, signals, work } = gate();
    const { consumer } = start(store, { work });
    await until(() => open.length === 1);
    let stopped = false;
    const stop = consumer.stop().then(() => (stopped = true));
    store.add('b');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([signals[0]!.aborted, stopped, store.waiting.length]).toEqual([true, false, 1]);
    open[0]!();
    await stop;
    expect(store.ended).toEqual(['a completed']);
  });

  it('tells work that gave up when it was told to stop from work that failed', async () => {
    const store = new FakeStore();
    store.add('a');
    let begun = false;
    const { consumer, errors } = start(store, {
      work: (_data, signal) => {
        begun = true;
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        });
      },
    });
    await until(() => begun);
    await consumer.stop();
    expect([store.ended, errors]).toEqual([['a failed: stopped'], []]);
  });

  it('abandons what does not end', async () => {
    const store = new FakeStore();
    store.add('a');
    const { open, work } = gate();
    const { consumer } = start(store, { work });
    await until(() => open.length === 1);
    await consumer.abandon();
    expect(store.ended).toEqual(['a failed: stopped']);
    open[0]!();
  });

  it('survives a queue that does not answer, and says so once', async () => {
    const store = new FakeStore();
    store.failFetches = 3;
    store.add('a');
    const { states } = start(store);
    await until(() => store.ended.length === 1);
    expect(states).toEqual([new Error('no database'), null]);
  });

  it('writes down how a job ended once the queue answers again', async () => {
    const store = new FakeStore();
    store.failSettles = 3;
    store.add('a');
    const { errors } = start(store);
    await until(() => store.ended.length === 1);
    expect([store.ended, errors]).toEqual([['a completed'], []]);
  });
});
