import { startBareProcess, type BareSetting } from './bare-process.js';

export interface BareLoop {
  pid: number;
  /** Applies for so many people, so many at once, and answers how long it took, in milliseconds. */
  run: (calls: number, atOnce: number) => Promise<number>;
  stop: () => Promise<void>;
}

/** Starts, in a process of its own, a loop over the core that writes the rows that a batch's lines lead to. */
export function startBareLoop(setting: BareSetting): BareLoop {
  const { child, pid, reply, stop } = startBareProcess('bare-loop-main', setting);
  return {
    pid,
    run: async (calls, atOnce) => {
      child.send({ calls, atOnce });
      return Number(await reply());
    },
    stop,
  };
}
