import { request } from 'undici';
import { ratio, type BenchCase, type CaseResult } from '../bench-case.js';
import { inFlight } from '../measure/in-flight.js';
import { openLoop } from '../measure/open-loop.js';
import { quantile } from '../measure/statistics.js';
import { createApplicant } from '../service/applicant.js';
import { startStage } from '../service/stage.js';

const AT_ONCE = 16;
const WARM_UP_CALLS = 3_500;
const CAPACITY_CALLS = 3_000;
const LOAD = 0.6;
const SECONDS = { quick: 5, full: 20, scale: 60 };

/** How even the answers come under a load that leaves room: at 60 % of what was just found to be possible. */
export const apiLatencyCase: BenchCase = {
  name: 'api-latency',
  title: 'POST /v1/authorizations at 60 % of capacity, fixed rate',
  from: 'full',
  run: async ({ length }): Promise<CaseResult> => {
    const stage = await startStage();
    try {
      const api = await stage.startApi();
      const applicant = createApplicant(api.url, stage.apiKey);
      await inFlight(WARM_UP_CALLS, AT_ONCE, applicant.apply);
      const start = performance.now();
      await inFlight(CAPACITY_CALLS, AT_ONCE, applicant.apply);
      const capacity = (CAPACITY_CALLS * 1_000) / (performance.now() - start);
      // Reading the delay begins it anew.
      await eventLoopDelayMs(api.url);
      const load = { perSecond: capacity * LOAD, seconds: SECONDS[length] };
      const times = await openLoop(load, applicant.apply);
      const delay = await eventLoopDelayMs(api.url);
      await applicant.stop();
      const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
      return {
        measurements: [],
        figures: [
          { name: 'capacity', value: capacity, unit: '/s', budget: null },
          { name: 'p50', value: p50, unit: 'ms', budget: null },
          { name: 'p99', value: p99, unit: 'ms', budget: null },
          ratio('p99 / p50', p99 / p50, { atMost: 3 }),
          { name: 'event-loop delay, p99', value: delay, unit: 'ms', budget: { atMost: 20 } },
        ],
      };
    } finally {
      await stage.stop();
    }
  },
};

/** Of the api since it was last asked, as its own metrics tell it; a loop that idles shows their resolution, 10 ms. */
async function eventLoopDelayMs(url: string): Promise<number> {
  const answer = await request(`${url}/metrics`);
  const text = await answer.body.text();
  const [, seconds] = /^nodejs_eventloop_lag_p99_seconds(?:\{.*\})? (\S+)$/m.exec(text) ?? [];
  return Number(seconds) * 1_000;
}
