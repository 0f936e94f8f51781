import { Client } from 'pg';
import type { BenchCase, CaseResult, Figure } from '../bench-case.js';
import { inFlight } from '../measure/in-flight.js';
import { createApplicant } from '../service/applicant.js';
import { cpuOf, cpuOfFamily } from '../service/process-cpu.js';
import { startStage } from '../service/stage.js';

const AT_ONCE = 16;
const APPLICATIONS = { quick: 300, full: 3_000, scale: 30_000 };
const WARM_UP_CALLS = 300;

interface Counts {
  api: number;
  postgres: number;
  walBytes: number;
  tableBytes: number;
}

/** What one stored authorisation takes of processors and disk: the figures of the cost model. */
export const apiCostCase: BenchCase = {
  name: 'api-cost',
  title: 'what a stored authorisation takes',
  from: 'full',
  run: async ({ length }): Promise<CaseResult> => {
    const applications = APPLICATIONS[length];
    const stage = await startStage();
    const database = new Client({ connectionString: stage.databaseUrl });
    await database.connect();
    try {
      const api = await stage.startApi();
      const applicant = createApplicant(api.url, stage.apiKey);
      const count = async (): Promise<Counts> => ({
        ...(await sizes(database)),
        api: cpuOf(api.pid) ?? NaN,
        postgres: cpuOfFamily(stage.postgres.pid) ?? NaN,
      });
      await inFlight(WARM_UP_CALLS, AT_ONCE, applicant.apply);
      // From here on the log holds no page images that only the first change after a checkpoint needs.
      const before = await count();
      await inFlight(applications, AT_ONCE, applicant.apply);
      const after = await count();
      await applicant.stop();
      const each = (of: keyof Counts) => (after[of] - before[of]) / applications;
      const figure = (name: string, value: number, unit: Figure['unit']): Figure => {
        return { name, value, unit, budget: null };
      };
      return {
        measurements: [],
        figures: [
          figure('CPU of the api', each('api'), 'us'),
          figure('CPU of Postgres', each('postgres'), 'us'),
          figure('Postgres, tables and indexes', each('tableBytes') / 1_024, 'KB'),
          figure('Postgres, write-ahead log', each('walBytes') / 1_024, 'KB'),
        ],
      };
    } finally {
      await database.end();
      await stage.stop();
    }
  },
};

async function sizes(database: Client): Promise<Pick<Counts, 'walBytes' | 'tableBytes'>> {
  const { rows } = await database.query<{ wal: string; tables: string }>(
    `SELECT pg_current_wal_lsn() - '0/0' AS wal, sum(pg_total_relation_size(oid)) AS tables
     FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  return { walBytes: Number(rows[0]?.wal), tableBytes: Number(rows[0]?.tables) };
}
