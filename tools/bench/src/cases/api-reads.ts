import { Client } from 'pg';
import { request } from 'undici';
import { ratio, type BenchCase, type CaseResult } from '../bench-case.js';
import { measure, type Contender } from '../measure/measure.js';
import { pairedRatio } from '../measure/statistics.js';
import { spentBy } from '../service/process-cpu.js';
import { fillAuthorizations, idOfRow } from '../service/rows.js';
import { startStage, type Stage } from '../service/stage.js';

const FEW = 10_000;
/** As many as fit into a run of five minutes; a long run takes the million that the budget speaks of. */
const MANY = { quick: 20_000, full: 100_000, scale: 1_000_000 };

/** A page and a single record, out of few rows and out of many, each by an api on a database of its own. */
export const apiReadsCase: BenchCase = {
  name: 'api-reads',
  title: 'reading by id and by page, out of few rows and out of many',
  from: 'full',
  run: async ({ rounds, roundMs, length }): Promise<CaseResult> => {
    const many = MANY[length];
    const stages: Stage[] = [];
    try {
      const contenders: Contender[] = [];
      for (const rows of [FEW, many]) {
        const stage = await startStage();
        stages.push(stage);
        contenders.push(...(await readers(stage, rows)));
      }
      const measurements = await measure(contenders, { rounds, roundMs });
      const [getFew, listFew, getMany, listMany] = measurements.map(
        ({ wallMicroseconds }) => wallMicroseconds,
      );
      const budget = { atMost: 1.3 };
      const title = (what: string) => `time of ${what} at ${many} rows / ${FEW}`;
      return {
        measurements,
        figures: [
          ratio(title('GET by id'), pairedRatio(getMany ?? [], getFew ?? []), budget),
          ratio(title('a page of 50'), pairedRatio(listMany ?? [], listFew ?? []), budget),
        ],
      };
    } finally {
      for (const stage of stages) await stage.stop();
    }
  },
};

async function readers(stage: Stage, rows: number): Promise<Contender[]> {
  const database = new Client({ connectionString: stage.databaseUrl });
  await database.connect();
  try {
    await fillAuthorizations(database, rows);
  } finally {
    await database.end();
  }
  const api = await stage.startApi();
  let read = 0;
  const reading = (name: string, path: () => string): Contender => ({
    name: `${name}, ${rows} rows`,
    run: (calls) =>
      spentBy(api.pid, async () => {
        for (let call = 0; call < calls; call += 1) await get(api.url + path(), stage.apiKey);
      }),
  });
  return [
    // A step that shares no factor with the number of rows goes through all of them.
    reading('GET by id', () => `/v1/authorizations/${idOfRow((read += 7_919) % rows)}`),
    reading('a page of 50', () => '/v1/authorizations?limit=50&status=authorized'),
  ];
}

async function get(url: string, apiKey: string): Promise<void> {
  const answer = await request(url, { headers: { authorization: `Bearer ${apiKey}` } });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`A read was answered with ${answer.statusCode}.`);
}
