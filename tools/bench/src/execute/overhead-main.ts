import { spentOn } from '../measure/spent.js';
import { overheadCall } from './overhead-call.js';

/** How many calls a round makes, with answers of so many bytes. */
export interface OverheadRound {
  bytes: number;
  calls: number;
}

const opened = new Map<number, () => Promise<void>>();

process.on('message', ({ bytes, calls }: OverheadRound) => {
  const call = opened.get(bytes) ?? overheadCall(bytes);
  opened.set(bytes, call);
  void spentOn(async () => {
    for (let made = 0; made < calls; made += 1) await call();
  }).then((spent) => process.send?.(spent));
});
process.once('disconnect', () => process.exit(0));
