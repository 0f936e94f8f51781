import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Gathering } from './gathering.js';

/** Work that notes its groups, and takes a while; a group with 100 takes until it is released. */
function gathering(together: number, patienceMs = 10_000) {
  const groups: number[][] = [];
  let release = () => undefined as void;
  const work = new Gathering(
    async (items: readonly number[]) => {
      groups.push([...items]);
      await (items.includes(100) ? new Promise<void>((resolve) => (release = resolve)) : pause(5));
      if (items.includes(13)) throw new Error('13');
      return items.map((item) => item * 2);
    },
    { together, patienceMs },
  );
  const add = (...items: number[]) => Promise.all(items.map((item) => work.add(item)));
  return { add, groups, release: () => release() };
}

describe('a gathering', () => {
  it('does at once what comes alone, and together what comes meanwhile', async () => {
    const { add, groups } = gathering(10);
    const first = add(1);
    await pause(2);
    const others = add(2, 3);
    expect([await first, await others]).toEqual([[2], [4, 6]]);
    expect(await add(4)).toEqual([8]);
    expect(groups).toEqual([[1], [2, 3], [4]]);
  });

  it('makes no group larger than it may be', async () => {
    const { add, groups } = gathering(2);
    expect(await add(1, 2, 3, 4, 5)).toEqual([2, 4, 6, 8, 10]);
    expect(groups).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('hands an error to everyone of its group, and goes on', async () => {
    const { add } = gathering(2);
    const ends = await Promise.allSettled([13, 2, 3].map((item) => add(item)));
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(await add(1)).toEqual([2]);
  });

  it('lets nothing wait for a group that takes long, and has its results when it ends', async () => {
    const { add, groups, release } = gathering(10, 20);
    const slow = add(100);
    await pause(2);
    expect(await add(1, 2)).toEqual([2, 4]);
    expect(await add(3)).toEqual([6]);
    release();
    expect(await slow).toEqual([200]);
    expect(await add(4)).toEqual([8]);
    expect(groups).toEqual([[100], [1, 2], [3], [4]]);
  });
});
