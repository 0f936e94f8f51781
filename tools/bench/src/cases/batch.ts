import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { ratio, type BenchCase, type CaseResult } from '../bench-case.js';
import { median } from '../measure/statistics.js';
import { startBareLoop } from '../service/bare-loop.js';
import { uploadBatch } from '../service/batch-upload.js';
import { cpuOf } from '../service/process-cpu.js';
import { peakMemoryOf } from '../service/process-memory.js';
import { startStage } from '../service/stage.js';

const AT_ONCE = 16;
const LINES = { quick: 800, full: 3_000, scale: 100_000 };
/** The long batch is one round of its own; the others take turns with the loop. */
const ROUNDS = { quick: 1, full: 3, scale: 1 };
const WARM_UP_LINES = 500;
const POLL_MS = 250;

/** A batch's lines by one worker process, beside a loop over the core that writes the same rows. */
export const batchCase: BenchCase = {
  name: 'batch',
  title: `lines of a batch by one worker, ${AT_ONCE} in flight, beside a bare loop over the core`,
  from: 'full',
  run: async ({ length }): Promise<CaseResult> => {
    const lines = LINES[length];
    const stage = await startStage();
    const loop = startBareLoop(stage.bareSetting);
    const database = new Client({ connectionString: stage.databaseUrl });
    await database.connect();
    try {
      const api = await stage.startApi({ ROLE: 'api' });
      const worker = await stage.startApi({ ROLE: 'worker', BATCH_CONCURRENCY: String(AT_ONCE) });
      const batch = async (count: number) => {
        const cpu = cpuOf(worker.pid);
        const id = await uploadBatch(api.url, stage.apiKey, count);
        const perSecond = await paceOf(database, id);
        const spent = ((cpuOf(worker.pid) ?? NaN) - (cpu ?? NaN)) / count;
        return { perSecond, cpu: spent };
      };
      const bare = async (count: number) => {
        const cpu = cpuOf(loop.pid);
        const perSecond = (count * 1_000) / (await loop.run(count, AT_ONCE));
        return { perSecond, cpu: ((cpuOf(loop.pid) ?? NaN) - (cpu ?? NaN)) / count };
      };
      await batch(WARM_UP_LINES);
      await bare(WARM_UP_LINES);
      const rounds: Record<'ours' | 'floor', { perSecond: number; cpu: number }>[] = [];
      while (rounds.length < ROUNDS[length]) {
        rounds.push({ ours: await batch(lines), floor: await bare(lines) });
      }
      const of = (value: (round: (typeof rounds)[number]) => number) => median(rounds.map(value));
      const share = of(({ ours, floor }) => ours.perSecond / floor.perSecond);
      return {
        measurements: [],
        figures: [
          { name: 'lines', value: of(({ ours }) => ours.perSecond), unit: '/s', budget: null },
          { name: 'loop', value: of(({ floor }) => floor.perSecond), unit: '/s', budget: null },
          ratio('throughput of the worker / bare loop', share, { atLeast: 0.8 }),
          {
            name: 'CPU of the worker',
            value: of(({ ours }) => ours.cpu),
            unit: 'us',
            budget: null,
          },
          {
            name: 'CPU of the loop',
            value: of(({ floor }) => floor.cpu),
            unit: 'us',
            budget: null,
          },
          memory('worker, resident at most', worker.pid),
          memory('api, resident at most', api.pid),
        ],
      };
    } finally {
      await database.end();
      await loop.stop();
      await stage.stop();
    }
  },
};

function memory(name: string, pid: number) {
  return { name, value: peakMemoryOf(pid), unit: 'MB', budget: { atMost: 250 } } as const;
}

/** Waits until a batch has ended, and answers how many of its lines ended in a second while it was in full swing. */
async function paceOf(database: Client, id: string): Promise<number> {
  for (;;) {
    await pause(POLL_MS);
    const { rows } = await database.query<{ granted: boolean | null }>(ENDED, [id]);
    const [batch] = rows;
    if (batch?.granted === false) throw new Error('Not every line of the batch was granted.');
    if (batch?.granted) break;
  }
  const { rows } = await database.query<{ pace: number }>(PACE, [id]);
  return rows[0]?.pace ?? NaN;
}

const ENDED = `
  SELECT (SELECT bool_and(status = 'authorized') FROM batch_counts WHERE batch_id = b.id) AS granted
  FROM batches b WHERE id = $1 AND ended_at IS NOT NULL`;

/** Neither its beginning nor its end, when not every place is taken; the first group of those between took no time. */
const PACE = `
  WITH line AS (
    SELECT ended_at, cume_dist() OVER (ORDER BY ended_at) AS share FROM batch_lines WHERE batch_id = $1
  ), span AS (
    SELECT min(ended_at) AS first, max(ended_at) AS last FROM line WHERE share BETWEEN 0.1 AND 0.9
  )
  SELECT count(*) / extract(epoch FROM last - first)::float8 AS pace
  FROM line, span WHERE ended_at > first AND ended_at <= last GROUP BY first, last`;
