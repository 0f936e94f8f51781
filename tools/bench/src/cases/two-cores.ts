import { spawnSync } from 'node:child_process';
import { ratio, type BenchCase, type CaseResult } from '../bench-case.js';
import { startContender, WARM_UP_CALLS } from '../execute/contender-process.js';
import { startGatewayForCalls } from '../execute/gateway-for-calls.js';
import { measure, type Contender } from '../measure/measure.js';
import { pairedRatio } from '../measure/statistics.js';

const AT_ONCE = 16;
const CORES = { 'on one core': '0', 'on two cores': '0,1' };

/** What a second core is good for: the same client and the same server, tied to one core and to two by turns. */
export const twoCoresCase: BenchCase = {
  name: 'two-cores',
  title: `execute() and the static server on one core and on two, ${AT_ONCE} in flight`,
  from: 'full',
  run: async (effort): Promise<CaseResult> => {
    const { gateway, setting } = await startGatewayForCalls();
    const warmUpCalls = WARM_UP_CALLS[effort.length];
    const core = await startContender({
      name: 'alipay-core',
      setting,
      atOnce: AT_ONCE,
      warmUpCalls,
    });
    const contenders = Object.entries(CORES).map(([name, cores]): Contender => {
      return {
        name,
        run: async (calls) => {
          for (const pid of [core.pid, gateway.pid]) tie(pid, cores);
          return core.contender.run(calls);
        },
      };
    });
    try {
      const measurements = await measure(contenders, effort);
      const [one, two] = measurements.map(({ wallMicroseconds }) => wallMicroseconds);
      const figure = ratio('throughput on two cores / on one', pairedRatio(one ?? [], two ?? []), {
        atLeast: 1.5,
      });
      return { measurements, figures: [figure] };
    } finally {
      await core.stop();
      await gateway.stop();
    }
  },
};

/** Ties a process, all threads that it has, to some of the machine's cores. */
function tie(pid: number, cores: string): void {
  const { status, stderr } = spawnSync('taskset', ['-a', '-p', '-c', cores, String(pid)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`taskset ended with ${status}: ${stderr}`);
}
