import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Batch } from '@zhimaper/api-client';
import { ApiFailure } from '../../api/api-failure.js';
import { ask } from '../../api/ask.js';
import { apiOf } from '../../api/connect.js';
import type { ApiSettings } from '../../config/api-settings.js';
import type { CliContext } from '../../runtime/context.js';
import { Interrupted } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { UploadBody } from './upload-body.js';

export interface Upload {
  readonly settings: ApiSettings;
  readonly idempotencyKey: string;
  /** Reads the lines, at each call from the first one on. */
  readonly lines: () => AsyncIterable<readonly string[]>;
  /** Whether they can be read again. */
  readonly rereadable: boolean;
}

/** After so many milliseconds a connection that broke is tried again. */
const PAUSES_MS = [1000, 2000, 4000];
const LONGEST_PAUSE_MS = 30_000;
/** The api gives up what stands still for half as long. */
const SILENCE_MS = 60_000;
/** The api itself waits a day for the rest of an upload. */
const LONGEST_UPLOAD_MS = 24 * 3_600_000;

const AGAIN =
  'Run the same command again: it goes on where this one ended, and applies for nobody twice.';
const PASSING: readonly string[] = ['not-sent', 'unknown-outcome', 'limited', 'rate-limited'];

/**
 * Sends the lines of a batch in one stream. Where the connection breaks the same lines go again under the same key, which
 * the api compares with those that it has.
 */
export async function upload(run: CommandRun<object>, request: Upload): Promise<Answer<Batch>> {
  const { context, output } = run;
  for (let tries = 0; ; tries += 1) {
    const body = new UploadBody(request.lines());
    try {
      return await send(context, request, body);
    } catch (error) {
      const failure = meaningOf(error, body, context);
      const pause = PAUSES_MS[tries];
      const isOver = pause === undefined || !request.rereadable || (tries === 0 && !body.isTaken);
      if (isOver) throw failure;
      const wait =
        Math.min((failure.facts.retryAfterSeconds ?? 0) * 1000, LONGEST_PAUSE_MS) || pause;
      await output.note(`${failure.message} Trying again in ${wait / 1000} s.`);
      await sleep(wait, undefined, { signal: context.signal }).catch(() => {
        throw interrupted();
      });
    }
  }
}

async function send(
  { signal }: CliContext,
  { settings, idempotencyKey }: Upload,
  body: UploadBody,
): Promise<Answer<Batch>> {
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort();
  }, SILENCE_MS);
  try {
    return await ask(
      apiOf(settings, LONGEST_UPLOAD_MS).POST('/v1/batches', {
        params: { header: { 'Idempotency-Key': idempotencyKey } },
        headers: { 'content-type': 'application/jsonl' },
        // The document knows the body as a text, however long it is.
        body: body.stream(() => timer.refresh()) as unknown as string,
        bodySerializer: (stream) => stream,
        duplex: 'half',
        signal: AbortSignal.any([signal, silence.signal]),
      }),
      'effect',
    );
  } finally {
    clearTimeout(timer);
  }
}

/** What the failure of an upload means; throws it where another try would change nothing. */
function meaningOf(error: unknown, body: UploadBody, { signal }: CliContext): ApiFailure {
  // A batch begins when its last line has arrived; before that, whatever happened, nobody was applied for.
  if (!body.isSent && signal.aborted) throw interrupted();
  if (!body.isSent && body.failure) throw body.failure.error;
  if (!(error instanceof ApiFailure) || !PASSING.includes(error.outcome)) throw error;
  const isNothing = error.outcome === 'unknown-outcome' && !body.isSent;
  return error.restated(AGAIN, isNothing ? 'not-sent' : error.outcome);
}

function interrupted(): Interrupted {
  return new Interrupted('Interrupted; nobody was applied for.', { nextStep: AGAIN });
}
