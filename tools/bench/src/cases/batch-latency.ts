import { ratio, type BenchCase, type CaseResult } from '../bench-case.js';
import { inFlight } from '../measure/in-flight.js';
import { openLoop } from '../measure/open-loop.js';
import { quantile } from '../measure/statistics.js';
import { createApplicant } from '../service/applicant.js';
import { uploadBatch } from '../service/batch-upload.js';
import { startStage } from '../service/stage.js';

const AT_ONCE = 16;
const WARM_UP_CALLS = 1_000;
const CAPACITY_CALLS = 3_000;
/** How much of what was found possible the budget lets through. */
const BUDGET = 0.5;
const LINES = { quick: 2_000, full: 20_000, scale: 100_000 };
const LOAD = { perSecond: 5, seconds: 30 };

/** How long a single application takes while a batch uses up what the budget leaves, beside an idle service. */
export const batchLatencyCase: BenchCase = {
  name: 'batch-latency',
  title: 'POST /v1/authorizations while a batch waits, with a budget of half the capacity',
  from: 'scale',
  run: async ({ length }): Promise<CaseResult> => {
    const stage = await startStage();
    try {
      const capacity = await stage.startApi();
      const warmUp = createApplicant(capacity.url, stage.apiKey);
      await inFlight(WARM_UP_CALLS, AT_ONCE, warmUp.apply);
      const start = performance.now();
      await inFlight(CAPACITY_CALLS, AT_ONCE, warmUp.apply);
      const perSecond = (CAPACITY_CALLS * 1_000) / (performance.now() - start);
      await warmUp.stop();
      await capacity.stop();
      const budget = { GATEWAY_CALLS_PER_SECOND: String(Math.round(perSecond * BUDGET)) };
      const api = await stage.startApi({ ...budget, ROLE: 'api' });
      await stage.startApi({ ...budget, ROLE: 'worker' });
      const applicant = createApplicant(api.url, stage.apiKey);
      await inFlight(WARM_UP_CALLS, 1, applicant.apply);
      const idle = quantile(await openLoop(LOAD, applicant.apply), 0.99);
      await uploadBatch(api.url, stage.apiKey, LINES[length]);
      const beside = quantile(await openLoop(LOAD, applicant.apply), 0.99);
      await applicant.stop();
      return {
        measurements: [],
        figures: [
          { name: 'capacity', value: perSecond, unit: '/s', budget: null },
          { name: 'p99, idle', value: idle, unit: 'ms', budget: null },
          { name: 'p99 beside a batch', value: beside, unit: 'ms', budget: null },
          ratio('p99 beside a batch / idle', beside / idle, { atMost: 2 }),
        ],
      };
    } finally {
      await stage.stop();
    }
  },
};
