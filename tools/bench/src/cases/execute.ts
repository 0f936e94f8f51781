import { ratio, type BenchCase, type CaseEffort, type CaseResult } from '../bench-case.js';
import {
  startContender,
  WARM_UP_CALLS,
  type ContenderProcess,
} from '../execute/contender-process.js';
import type { ContenderName } from '../execute/contenders.js';
import { startGatewayForCalls } from '../execute/gateway-for-calls.js';
import { measure, type Measurement } from '../measure/measure.js';
import { median, pairedRatio } from '../measure/statistics.js';

const NAMES: readonly ContenderName[] = [
  'alipay-core',
  'floor, synchronous',
  'floor, asynchronous',
  'alipay-sdk',
];

/** The whole call against a server that always gives the same signed answer, one, 16 and 128 at once. */
export const executeCases: readonly BenchCase[] = [1, 16, 128].map((atOnce) => ({
  name: `execute-${atOnce}`,
  title: `execute() against a static signed answer, ${atOnce} in flight`,
  run: (effort) => runExecute(effort, atOnce),
}));

async function runExecute(effort: CaseEffort, atOnce: number): Promise<CaseResult> {
  const { gateway, setting } = await startGatewayForCalls();
  const processes: ContenderProcess[] = [];
  try {
    const warmUpCalls = WARM_UP_CALLS[effort.length];
    for (const name of NAMES) {
      processes.push(await startContender({ name, setting, atOnce, warmUpCalls }));
    }
    const measurements = await measure(
      processes.map(({ contender }) => contender),
      effort,
    );
    return { measurements, figures: figuresOf(measurements, atOnce) };
  } finally {
    await Promise.all(processes.map(({ stop }) => stop()));
    await gateway.stop();
  }
}

function figuresOf(
  [core, floorSync, floorAsync, official]: readonly Measurement[],
  atOnce: number,
): CaseResult['figures'] {
  if (!core || !floorSync || !floorAsync || !official) return [];
  // The floor is whichever of the two takes less.
  const cheaper =
    median(floorSync.cpuMicroseconds) < median(floorAsync.cpuMicroseconds) ? floorSync : floorAsync;
  const cpu = (of: Measurement, by: Measurement) =>
    pairedRatio(of.cpuMicroseconds, by.cpuMicroseconds);
  const throughput = (of: Measurement, beside: Measurement) =>
    pairedRatio(beside.wallMicroseconds, of.wallMicroseconds);
  const judged = atOnce === 16;
  return [
    ratio('CPU of alipay-core / floor', cpu(core, cheaper), { atMost: 1.25 }),
    ratio('CPU of alipay-sdk / alipay-core', cpu(official, core), { atLeast: 2.4 }),
    ratio(
      'throughput of alipay-core / alipay-sdk',
      throughput(core, official),
      judged ? { atLeast: 3.5 } : null,
    ),
    ratio(
      'throughput of alipay-core / asynchronous floor',
      throughput(core, floorAsync),
      judged ? { atLeast: 0.85 } : null,
    ),
  ];
}
