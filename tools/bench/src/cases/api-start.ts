import type { BenchCase, CaseResult } from '../bench-case.js';
import { measure, type Contender } from '../measure/measure.js';
import { median } from '../measure/statistics.js';
import { startStage } from '../service/stage.js';

/** What a deployment waits for: from the start of the process to its first answer that it is ready. */
export const apiStartCase: BenchCase = {
  name: 'api-start',
  title: 'the api, ready on a migrated database',
  run: async ({ rounds }): Promise<CaseResult> => {
    const stage = await startStage();
    const starting: Contender = {
      name: 'api ready',
      run: async (calls) => {
        let wall = 0;
        for (let call = 0; call < calls; call += 1) {
          const api = await stage.startApi();
          wall += api.readyAfterMs * 1_000;
          await api.stop();
        }
        return { cpu: null, wall };
      },
    };
    try {
      const measurements = await measure([starting], { rounds, roundMs: 1 });
      const seconds = median(measurements[0]?.wallMicroseconds ?? []) / 1_000_000;
      return {
        measurements,
        figures: [{ name: 'until ready', value: seconds, unit: 's', budget: { atMost: 2 } }],
      };
    } finally {
      await stage.stop();
    }
  },
};
