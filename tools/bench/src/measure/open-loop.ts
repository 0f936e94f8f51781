import { setTimeout as pause } from 'node:timers/promises';

/**
 * Does some work at a fixed rate whether or not the earlier is done, as callers who do not know of one another, and
 * answers how long each took in milliseconds, from when it was due: whoever waits for a late start waits, too.
 */
export async function openLoop(
  { perSecond, seconds }: { perSecond: number; seconds: number },
  work: () => Promise<unknown>,
): Promise<number[]> {
  const start = performance.now();
  const all = Math.floor(perSecond * seconds);
  const underWay: Promise<number>[] = [];
  while (underWay.length < all) {
    const due = start + (underWay.length * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    underWay.push(work().then(() => performance.now() - due));
  }
  return Promise.all(underWay);
}
