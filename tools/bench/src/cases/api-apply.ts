import { ratio, type BenchCase, type CaseEffort, type CaseResult } from '../bench-case.js';
import { inFlight } from '../measure/in-flight.js';
import { measure, type Contender } from '../measure/measure.js';
import { pairedRatio } from '../measure/statistics.js';
import { createApplicant, type Applicant } from '../service/applicant.js';
import { startBareHandler } from '../service/bare-handler.js';
import { spentBy } from '../service/process-cpu.js';
import { startStage } from '../service/stage.js';

const AT_ONCE = 16;
/** Work goes on in the background every second or so: a round has to be long enough to have its share. */
const ROUNDS_LONGER = 3;
/** Both cost a third more until the compiler is done with them. */
const WARM_UP_CALLS = { quick: 100, full: 3_500, scale: 3_500 };

/** A granted application, from the HTTP request to its answer, beside a handler without any of the api around it. */
export const apiApplyCase: BenchCase = {
  name: 'api-apply',
  title: `POST /v1/authorizations beside a bare handler, ${AT_ONCE} in flight`,
  run: runApply,
};

async function runApply({ rounds, roundMs, length }: CaseEffort): Promise<CaseResult> {
  const stage = await startStage();
  const applicants: Applicant[] = [];
  const contender = (name: string, pid: number, url: string): Contender => {
    const applicant = createApplicant(url, stage.apiKey);
    applicants.push(applicant);
    return {
      name,
      run: (calls) => spentBy(pid, () => inFlight(calls, AT_ONCE, applicant.apply)),
    };
  };
  try {
    const api = await stage.startApi();
    const bare = await startBareHandler(stage.bareSetting);
    try {
      const contenders = [
        contender('api', api.pid, api.url),
        contender('bare handler', bare.pid, bare.url),
      ];
      for (const { run } of contenders) await run(WARM_UP_CALLS[length]);
      const measurements = await measure(contenders, { rounds, roundMs: roundMs * ROUNDS_LONGER });
      const [ours, floor] = measurements;
      return {
        measurements,
        figures: [
          ratio(
            'CPU of the api / bare handler',
            pairedRatio(ours?.cpuMicroseconds ?? [], floor?.cpuMicroseconds ?? []),
            { atMost: 1.6 },
          ),
          ratio(
            'throughput of the api / bare handler',
            pairedRatio(floor?.wallMicroseconds ?? [], ours?.wallMicroseconds ?? []),
          ),
        ],
      };
    } finally {
      await bare.stop();
    }
  } finally {
    for (const applicant of applicants) await applicant.stop();
    await stage.stop();
  }
}
