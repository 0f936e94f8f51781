import type { ApiClient, BatchItem } from '@zhimaper/api-client';
import { ApiFailure } from '../../api/api-failure.js';
import { ask } from '../../api/ask.js';
import { linesOf } from '../../input/rows/lines.js';
import type { CliContext } from '../../runtime/context.js';
import { Interrupted } from '../../runtime/failure.js';

export interface ItemFilter {
  readonly status?: BatchItem['status'];
  /** The number of a line behind which to begin. */
  readonly cursor?: string;
}

/** The items of a batch as text of this media type, piece by piece as they come. */
export async function* streamItems(
  { signal }: CliContext,
  api: ApiClient,
  id: string,
  { accept, ...query }: ItemFilter & { accept: 'application/jsonl' | 'text/csv' },
): AsyncGenerator<string, void, undefined> {
  const { data } = await ask(
    api.GET('/v1/batches/{id}/items', {
      params: { path: { id }, query },
      headers: { accept },
      parseAs: 'stream',
      signal,
    }),
  );
  // An answer without a byte has no body at all.
  if (!data) return;
  const decoder = new TextDecoder();
  try {
    for await (const piece of data as AsyncIterable<Uint8Array>) {
      yield decoder.decode(piece, { stream: true });
    }
  } catch (cause) {
    if (signal.aborted) throw new Interrupted('Interrupted while results came.');
    throw new ApiFailure('not-sent', 'The connection to the api broke while results came.', {
      nextStep: 'Call again; nothing was changed by it.',
      facts: {
        ...{ code: 'API_UNREACHABLE', traceId: null },
        ...{ authorizationId: null, retryAfterSeconds: null },
      },
      cause,
    });
  }
}

/** The same one by one. */
export async function* readItems(
  context: CliContext,
  api: ApiClient,
  id: string,
  filter: ItemFilter,
): AsyncGenerator<BatchItem, void, undefined> {
  const pieces = streamItems(context, api, id, { ...filter, accept: 'application/jsonl' });
  for await (const lines of linesOf(pieces, Infinity)) {
    for (const line of lines) yield JSON.parse(line) as BatchItem;
  }
}
