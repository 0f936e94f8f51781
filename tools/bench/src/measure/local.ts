import type { Contender } from './measure.js';
import { spentOn } from './spent.js';

/** A contender that does something synchronous over and over in this process. */
export function repeating(name: string, work: () => unknown): Contender {
  return {
    name,
    run: (calls) =>
      spentOn(() => {
        for (let call = 0; call < calls; call += 1) work();
      }),
  };
}

/** A contender that awaits something over and over in this process, one after the other. */
export function awaiting(name: string, work: () => Promise<unknown>): Contender {
  return {
    name,
    run: (calls) =>
      spentOn(async () => {
        for (let call = 0; call < calls; call += 1) await work();
      }),
  };
}
