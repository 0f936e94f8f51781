import { ratio, type BenchCase, type CaseResult } from '../bench-case.js';
import {
  startContender,
  WARM_UP_CALLS,
  type ContenderProcess,
} from '../execute/contender-process.js';
import { startGatewayForCalls } from '../execute/gateway-for-calls.js';
import { measure } from '../measure/measure.js';
import { pairedRatio } from '../measure/statistics.js';

const AT_ONCE = 16;
/** 4 is what Node takes by itself. */
const SIZES = [4, 1, 2, 8, 16];

/** How many threads signing needs: they are libuv's, shared with file access and name resolution. */
export const signThreadsCase: BenchCase = {
  name: 'sign-threads',
  title: `execute() by UV_THREADPOOL_SIZE, ${AT_ONCE} in flight`,
  from: 'scale',
  run: async (effort): Promise<CaseResult> => {
    const { gateway, setting } = await startGatewayForCalls();
    const processes: ContenderProcess[] = [];
    try {
      const warmUpCalls = WARM_UP_CALLS[effort.length];
      const opening = { name: 'alipay-core', setting, atOnce: AT_ONCE, warmUpCalls } as const;
      for (const size of SIZES) {
        processes.push(await startContender(opening, { UV_THREADPOOL_SIZE: String(size) }));
      }
      const measurements = await measure(
        processes.map(({ contender }, index) => ({
          ...contender,
          name: `${SIZES[index]} threads`,
        })),
        effort,
      );
      const [usual, ...others] = measurements;
      return {
        measurements,
        figures: others.map(({ name, wallMicroseconds }) =>
          ratio(
            `throughput with ${name} / with 4`,
            pairedRatio(usual?.wallMicroseconds ?? [], wallMicroseconds),
          ),
        ),
      };
    } finally {
      await Promise.all(processes.map(({ stop }) => stop()));
      await gateway.stop();
    }
  },
};
