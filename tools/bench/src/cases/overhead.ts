import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ratio, type BenchCase, type CaseResult } from '../bench-case.js';
import { overheadCall } from '../execute/overhead-call.js';
import type { OverheadRound } from '../execute/overhead-main.js';
import { awaiting } from '../measure/local.js';
import { measure, type Contender, type Effort } from '../measure/measure.js';
import { isSpent } from '../measure/spent.js';
import { median } from '../measure/statistics.js';

const MAIN = fileURLToPath(new URL('../execute/overhead-main.js', import.meta.url));
const KILOBYTE = 1_024;
const MEGABYTE = 1_024 * KILOBYTE;
/**
 * Room for all of a large answer, in megabytes. With the usual 16 the collector copies what was read so far, and a larger
 * share of a larger answer: what of the ratio is that, and what is the reading itself.
 */
const YOUNG_GENERATION = 64;

/** Everything in the core but RSA and I/O: the client with an engine and a transport that cost nothing. */
export const overheadCase: BenchCase = {
  name: 'overhead',
  title: 'execute() without RSA and I/O',
  run: runOverhead,
};

async function runOverhead(effort: Effort): Promise<CaseResult> {
  const usual = startCalls([]);
  const roomy = startCalls([`--max-semi-space-size=${YOUNG_GENERATION}`]);
  try {
    const measurements = await measure(
      [
        awaiting('answer of 1 KB', overheadCall(KILOBYTE)),
        usual.with('answer of 2.5 MB', 2.5 * MEGABYTE),
        usual.with('answer of 5 MB', 5 * MEGABYTE),
        roomy.with('answer of 2.5 MB, nothing copied', 2.5 * MEGABYTE),
        roomy.with('answer of 5 MB, nothing copied', 5 * MEGABYTE),
      ],
      effort,
    );
    const [small = NaN, half = NaN, whole = NaN, halfAlone = NaN, wholeAlone = NaN] =
      measurements.map(({ cpuMicroseconds }) => median(cpuMicroseconds));
    const title = 'CPU at 5 MB / at 2.5 MB (2 is linear)';
    return {
      measurements,
      figures: [
        { name: 'CPU a call at 1 KB', value: small, unit: 'us', budget: { atMost: 40 } },
        ratio(title, whole / half, { atMost: 2.5 }),
        ratio(`${title}, nothing copied`, wholeAlone / halfAlone),
      ],
    };
  } finally {
    await usual.stop();
    await roomy.stop();
  }
}

/** Starts a process that makes such calls, with options of its own for V8. */
function startCalls(execArgv: string[]) {
  const child = fork(MAIN, { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  return {
    with: (name: string, bytes: number): Contender => ({
      name,
      run: async (calls) => {
        child.send({ bytes, calls } satisfies OverheadRound);
        const reply: unknown = (await Promise.race([once(child, 'message'), exited]))[0];
        if (isSpent(reply)) return reply;
        throw new Error(`The process ended before the round was over: ${name}.`);
      },
    }),
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
