import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { authorizationFields, authorizationMembers } from './show.js';

/** Has the token pair replaced; the old access token is dead then. */
export async function runRefresh({
  context,
  output,
  operands: [id = ''],
}: CommandRun<object>): Promise<CommandOutcome> {
  const api = await connectToApi(context);
  const { data, headers } = await ask(
    api.POST('/v1/authorizations/{id}/refresh', {
      params: { path: { id } },
      signal: context.signal,
    }),
    'effect',
  );
  const replayed = headers.get('idempotent-replayed') === 'true';
  if (replayed) await output.note('It was refreshed a moment ago; nothing was sent again.');
  await output.result(
    { outcome: 'success', replayed, ...authorizationMembers(data), error: null },
    (view) => view.fields(authorizationFields(data, view)),
  );
  return 'success';
}
