import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';

/** Makes a key stop working at once. */
export async function runRevoke({
  context,
  output,
  operands: [id = ''],
}: CommandRun<object>): Promise<CommandOutcome> {
  const api = await connectToApi(context);
  await ask(
    api.DELETE('/v1/api-keys/{id}', { params: { path: { id } }, signal: context.signal }),
    'effect',
  );
  await output.result({ outcome: 'success', id, error: null }, (view) =>
    view.fields([['revoked', id]]),
  );
  return 'success';
}
