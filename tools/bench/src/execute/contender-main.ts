import { inFlight } from '../measure/in-flight.js';
import { spentOn } from '../measure/spent.js';
import type { Opening, Round } from './contender-process.js';
import { CONTENDERS } from './contenders.js';

// The first message says which contender this process is; it is answered when that is warm. Each further one is a round.
process.once('message', ({ name, setting, atOnce, warmUpCalls }: Opening) => {
  void CONTENDERS[name](setting).then(async (call) => {
    await inFlight(warmUpCalls, atOnce, call);
    process.on('message', ({ calls }: Round) => {
      void spentOn(() => inFlight(calls, atOnce, call)).then((spent) => process.send?.(spent));
    });
    process.send?.('warm');
  });
});
process.once('disconnect', () => process.exit(0));
