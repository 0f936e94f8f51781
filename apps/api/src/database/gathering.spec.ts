import { describe, expect, it } from '@jest/globals';
import { Gathering } from './gathering.js';

/** Work that notes its groups, and takes a while. */
function gathering(most: number) {
  const groups: number[][] = [];
  const work = new Gathering(async (items: readonly number[]) => {
    groups.push([...items]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (items.includes(13)) throw new Error('13');
    return items.map((item) => item * 2);
  }, most);
  return { work, groups };
}

describe('a gathering', () => {
  it('does at once what comes alone, and together what comes meanwhile', async () => {
    const { work, groups } = gathering(10);
    const first = work.add(1);
    await new Promise((resolve) => setTimeout(resolve, 2));
    const others = [2, 3].map((item) => work.add(item));
    expect(await Promise.all([first, ...others])).toEqual([2, 4, 6]);
    expect(await work.add(4)).toBe(8);
    expect(groups).toEqual([[1], [2, 3], [4]]);
  });

  it('makes no group larger than it may be', async () => {
    const { work, groups } = gathering(2);
    expect(await Promise.all([1, 2, 3, 4, 5].map((item) => work.add(item)))).toEqual([
      2, 4, 6, 8, 10,
    ]);
    expect(groups).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('hands an error to everyone of its group, and goes on', async () => {
    const { work } = gathering(2);
    const ends = await Promise.allSettled([13, 2, 3].map((item) => work.add(item)));
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(await work.add(1)).toBe(2);
  });
});
