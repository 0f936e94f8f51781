import { inFlight } from '../measure/in-flight.js';
import { spentOn } from '../measure/spent.js';
import type { Opening, Round } from './contender-process.js';
import { CONTENDERS } from './contenders.js';

/** A call takes up to twice its time until the compiler is done with all of it, and 128 connections are to be open. */
const WARM_UP_CALLS = 1_024;

// The first message says which contender this process is; it is answered when that is warm. Each further one is a round.
process.once('message', ({ name, setting }: Opening) => {
  void CONTENDERS[name](setting).then(async (call) => {
    for (const atOnce of [1, 128]) await inFlight(WARM_UP_CALLS, atOnce, call);
    process.on('message', ({ calls, atOnce }: Round) => {
      void spentOn(() => inFlight(calls, atOnce, call)).then((spent) => process.send?.(spent));
    });
    process.send?.('warm');
  });
});
process.once('disconnect', () => process.exit(0));
