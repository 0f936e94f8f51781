import { inFlight } from '../measure/in-flight.js';
import { CONTENDERS, type CallSetting } from './contenders.js';

/** What a process holds, in bytes, once everything that nobody needs was collected. */
export interface MemoryUse {
  resident: number;
  heap: number;
}

const AT_ONCE = 16;

let opened: ReturnType<(typeof CONTENDERS)['alipay-core']> | undefined;

process.on('message', ({ setting, calls }: { setting: CallSetting; calls: number }) => {
  opened ??= CONTENDERS['alipay-core'](setting);
  void opened
    .then((call) => inFlight(calls, AT_ONCE, call))
    .then(() => {
      globalThis.gc?.();
      const { rss: resident, heapUsed: heap } = process.memoryUsage();
      process.send?.({ resident, heap } satisfies MemoryUse);
    });
});
process.once('disconnect', () => process.exit(0));
