import type { Authorization } from '@zhimaper/api-client';
import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import { printPages, type PageOptions } from '../../api/print-pages.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { authorizationColumns, authorizationMembers } from './show.js';

export interface ListOptions extends PageOptions {
  status?: Authorization['status'];
  reference?: string;
  linkedMerchantId?: string;
}

/** Lists the caller's authorisations, the newest first. */
export async function runList({
  context,
  output,
  options,
}: CommandRun<ListOptions>): Promise<CommandOutcome> {
  const api = await connectToApi(context);
  const { status, reference, linkedMerchantId } = options;
  const filters = {
    ...(status === undefined ? {} : { status }),
    ...(reference === undefined ? {} : { reference }),
    ...(linkedMerchantId === undefined ? {} : { linkedMerchantId }),
  };
  await printPages<Authorization>(
    output,
    {
      json: (authorization) => ({ ...authorizationMembers(authorization), error: null }),
      columns: authorizationColumns,
      empty: 'No authorisation matches.',
    },
    options,
    (page) =>
      ask(
        api.GET('/v1/authorizations', {
          params: { query: { ...filters, ...page } },
          signal: context.signal,
        }),
      ),
  );
  return 'success';
}
