import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ratio, type BenchCase, type CaseResult } from '../bench-case.js';
import { startGatewayForCalls } from '../execute/gateway-for-calls.js';
import type { MemoryUse } from '../execute/memory-main.js';

const MAIN = fileURLToPath(new URL('../execute/memory-main.js', import.meta.url));
const EARLY_CALLS = 100_000;
const ALL_CALLS = 1_000_000;
const MEGABYTE = 1_048_576;

/** Whether a client that lives long keeps something of each call. */
export const memoryCase: BenchCase = {
  name: 'memory',
  title: `memory of a client after ${EARLY_CALLS} and after ${ALL_CALLS} calls`,
  from: 'scale',
  run: async (): Promise<CaseResult> => {
    const { gateway, setting } = await startGatewayForCalls();
    const child = fork(MAIN, {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const exited = once(child, 'exit');
    const after = async (calls: number): Promise<MemoryUse> => {
      child.send({ setting, calls });
      const reply: unknown = (await Promise.race([once(child, 'message'), exited]))[0];
      if (isMemoryUse(reply)) return reply;
      throw new Error('The client ended before its calls were over.');
    };
    try {
      const early = await after(EARLY_CALLS);
      const late = await after(ALL_CALLS - EARLY_CALLS);
      const budget = { atMost: 1.05 };
      return {
        measurements: [],
        figures: [
          { name: 'resident, early', value: early.resident / MEGABYTE, unit: 'MB', budget: null },
          ratio('resident, late / early', late.resident / early.resident, budget),
          { name: 'heap, early', value: early.heap / MEGABYTE, unit: 'MB', budget: null },
          ratio('heap, late / early', late.heap / early.heap, budget),
        ],
      };
    } finally {
      child.disconnect();
      await exited;
      await gateway.stop();
    }
  },
};

function isMemoryUse(reply: unknown): reply is MemoryUse {
  return typeof reply === 'object' && reply !== null && 'resident' in reply;
}
