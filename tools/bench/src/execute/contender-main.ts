import { inFlight } from '../measure/in-flight.js';
import { spentOn } from '../measure/spent.js';
import type { Opening, Round } from './contender-process.js';
import { CONTENDERS } from './contenders.js';

/** A call takes up to twice its time until the compiler is done with all of it, and 128 connections are to be open. */
const WARM_UP_CALLS = 2_048;

// The first message says which contender this process is; each further one is a round.
process.once('message', ({ name, setting }: Opening) => {
  const opened = CONTENDERS[name](setting).then(async (call) => {
    await inFlight(WARM_UP_CALLS, 128, call);
    return call;
  });
  process.on('message', ({ calls, atOnce }: Round) => {
    void opened
      .then((call) => spentOn(() => inFlight(calls, atOnce, call)))
      .then((spent) => process.send?.(spent));
  });
});
process.once('disconnect', () => process.exit(0));
