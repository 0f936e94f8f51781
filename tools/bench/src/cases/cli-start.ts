import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ratio, type BenchCase } from '../bench-case.js';
import { measure, type Contender } from '../measure/measure.js';
import { spentOn } from '../measure/spent.js';
import { pairedRatio } from '../measure/statistics.js';
import { WORKSPACE_ROOT } from '../workspace.js';

/** A child's CPU is not this process's: only the time counts. */
function starting(name: string, args: readonly string[]): Contender {
  return {
    name,
    run: async (calls) => {
      const { wall } = await spentOn(() => {
        for (let call = 0; call < calls; call += 1) {
          const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
          if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
        }
      });
      return { cpu: null, wall };
    },
  };
}

/** What a person waits for before the command line does anything. */
export const cliStartCase: BenchCase = {
  name: 'cli-start',
  title: 'zhimaper --version',
  run: async ({ rounds }) => {
    const cli = join(WORKSPACE_ROOT, 'apps/cli/bin/zhimaper.js');
    const measurements = await measure(
      [starting('zhimaper --version', [cli, '--version']), starting('node -e 0', ['-e', '0'])],
      { rounds: rounds * 2, roundMs: 1 },
    );
    const [ours, node] = measurements.map(({ wallMicroseconds }) => wallMicroseconds);
    return {
      measurements,
      figures: [
        ratio('time of zhimaper --version / node -e 0', pairedRatio(ours ?? [], node ?? []), {
          atMost: 2.5,
        }),
      ],
    };
  },
};
