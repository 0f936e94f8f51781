import type { Batch } from '@zhimaper/api-client';
import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import { printPages, type PageOptions } from '../../api/print-pages.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { batchColumns, batchMembers } from './show.js';

export interface ListOptions extends PageOptions {
  status?: Batch['status'];
}

/** Lists the caller's batches, the newest first. */
export async function runList({
  context,
  output,
  options,
}: CommandRun<ListOptions>): Promise<CommandOutcome> {
  const api = await connectToApi(context);
  const filters = options.status === undefined ? {} : { status: options.status };
  await printPages<Batch>(
    output,
    {
      json: (batch) => ({ ...batchMembers(batch), error: null }),
      columns: batchColumns,
      empty: 'No batch matches.',
    },
    options,
    (page) =>
      ask(
        api.GET('/v1/batches', {
          params: { query: { ...filters, ...page } },
          signal: context.signal,
        }),
      ),
  );
  return 'success';
}
