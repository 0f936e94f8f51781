import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, Authorization } from '@zhimaper/api-client';
import { ApiFailure } from '../../api/api-failure.js';
import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { Interrupted } from '../../runtime/failure.js';
import { startProgress } from '../../runtime/progress.js';
import type { CommandRun } from '../../runtime/session.js';
import { authorizationFields, authorizationMembers, outcomeOf } from './show.js';

export interface GetOptions {
  watch?: boolean;
  /** In seconds. */
  timeout?: number;
}

const DEFAULT_TIMEOUT_S = 120;
const PAUSE_MS = 1000;

/** Shows one authorisation; with `--watch` once it is settled, and ends as the application did. */
export async function runGet(run: CommandRun<GetOptions>): Promise<CommandOutcome> {
  const { context, output, options, operands } = run;
  const [id = ''] = operands;
  const api = await connectToApi(context);
  const { watch = false } = options;
  const data = watch ? await settled(run, api, id) : await find(run, api, id);
  const outcome = watch ? outcomeOf(data) : 'success';
  await output.result({ outcome, ...authorizationMembers(data), error: null }, (view) =>
    view.fields(authorizationFields(data, view)),
  );
  if (outcome === 'limited') {
    await output.error(
      'It is still pending.',
      [],
      `Watch on: zhimaper authorizations get ${id} --watch`,
    );
  }
  return outcome;
}

async function find({ context }: CommandRun<GetOptions>, api: ApiClient, id: string) {
  const { data } = await ask(
    api.GET('/v1/authorizations/{id}', { params: { path: { id } }, signal: context.signal }),
  );
  return data;
}

/** Asks until it is settled or time is up; an api that is away for a moment is waited for. */
async function settled(
  run: CommandRun<GetOptions>,
  api: ApiClient,
  id: string,
): Promise<Authorization> {
  const { context, options } = run;
  const began = context.now().getTime();
  const deadline = began + (options.timeout ?? DEFAULT_TIMEOUT_S) * 1000;
  const progress = startProgress(context);
  try {
    for (;;) {
      const found = await find(run, api, id).catch((error: unknown) => waitable(error));
      const now = context.now().getTime();
      if (!(found instanceof ApiFailure) && found.status !== 'pending') return found;
      const pause = found instanceof ApiFailure ? pauseOf(found) : PAUSE_MS;
      if (now + pause > deadline) {
        if (found instanceof ApiFailure) throw found;
        return found;
      }
      const state = found instanceof ApiFailure ? 'api not reached' : found.status;
      progress.update(() => `${state}, ${Math.round((now - began) / 1000)} s`);
      await sleepUnlessInterrupted(pause, context.signal);
    }
  } finally {
    progress.end();
  }
}

function waitable(error: unknown): ApiFailure {
  const passes = ['not-sent', 'limited', 'rate-limited'];
  if (error instanceof ApiFailure && passes.includes(error.outcome)) return error;
  throw error;
}

function pauseOf({ facts }: ApiFailure): number {
  return Math.max(PAUSE_MS, (facts.retryAfterSeconds ?? 0) * 1000);
}

async function sleepUnlessInterrupted(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (cause) {
    if (signal.aborted) throw new Interrupted('Interrupted; the application goes on.');
    throw cause;
  }
}
