import type { ApiKey } from '@zhimaper/api-client';
import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import { printPages, type PageOptions } from '../../api/print-pages.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { apiKeyColumns } from './show.js';

/** Lists the keys of every client. */
export async function runList({
  context,
  output,
  options,
}: CommandRun<PageOptions>): Promise<CommandOutcome> {
  const api = await connectToApi(context);
  await printPages<ApiKey>(
    output,
    {
      json: (apiKey) => ({ ...apiKey, error: null }),
      columns: (view) => apiKeyColumns(view, context.now()),
      empty: 'There is no API key.',
    },
    options,
    (query) => ask(api.GET('/v1/api-keys', { params: { query }, signal: context.signal })),
  );
  return 'success';
}
