import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, Batch } from '@zhimaper/api-client';
import { ApiFailure } from '../../api/api-failure.js';
import { ask } from '../../api/ask.js';
import type { CliContext } from '../../runtime/context.js';
import { Interrupted } from '../../runtime/failure.js';
import { startProgress } from '../../runtime/progress.js';
import { progressLine } from './progress-line.js';
import { Rate } from './rate.js';
import { doneOf } from './show.js';

/** Short at first, for batches that end at once. */
const SHORTEST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 1000;
/** An api that is away for longer is not waited for. */
const LONGEST_ABSENCE_MS = 120_000;
const PASSING: readonly string[] = ['not-sent', 'limited', 'rate-limited'];

export async function findBatch(
  { signal }: CliContext,
  api: ApiClient,
  id: string,
): Promise<Batch> {
  const { data } = await ask(api.GET('/v1/batches/{id}', { params: { path: { id } }, signal }));
  return data;
}

/**
 * Shows how a batch gets on until it has ended or is paused. Interrupted, it tells how to come back, with what
 * `resultOf` makes of the batch as it was seen last.
 */
export async function followBatch(
  context: CliContext,
  api: ApiClient,
  first: Batch,
  resultOf: (batch: Batch) => object,
): Promise<Batch> {
  const { signal } = context;
  const progress = startProgress(context);
  const rate = new Rate();
  const clock = () => context.now().getTime();
  let batch = first;
  let pauseMs = SHORTEST_PAUSE_MS;
  let seenAt = clock();
  try {
    while (batch.status === 'receiving' || batch.status === 'running') {
      rate.add(seenAt, doneOf(batch));
      const seen = batch;
      progress.update(() => progressLine(seen, rate.perSecond));
      await sleep(pauseMs, undefined, { signal });
      pauseMs = Math.min(pauseMs * 1.3, LONGEST_PAUSE_MS);
      const found = await findBatch(context, api, batch.id).catch((error: unknown) =>
        passing(error, clock() - seenAt),
      );
      if (found instanceof ApiFailure) {
        progress.update(() => `the api is not reached; last seen: ${progressLine(seen, null)}`);
        continue;
      }
      batch = found;
      seenAt = clock();
    }
    return batch;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Interrupted('Detached; the batch goes on.', {
      nextStep: `Come back with: zhimaper batch status ${batch.id} --follow`,
      result: resultOf(batch),
    });
  } finally {
    progress.end();
  }
}

function passing(error: unknown, absenceMs: number): ApiFailure {
  const passes = error instanceof ApiFailure && PASSING.includes(error.outcome);
  if (passes && absenceMs < LONGEST_ABSENCE_MS) return error;
  throw error;
}
