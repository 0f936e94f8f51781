import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { printBatch } from './status.js';

/** What may be done to a batch. */
export type Change = 'pause' | 'resume' | 'cancel';

/** Pauses, resumes or cancels a batch; each may be said again. */
export async function runChange(run: CommandRun<object>, change: Change): Promise<CommandOutcome> {
  const { context, operands } = run;
  const api = await connectToApi(context);
  const { data } = await ask(
    api.POST(`/v1/batches/{id}/${change}`, {
      params: { path: { id: operands[0] ?? '' } },
      signal: context.signal,
    }),
    'effect',
  );
  await printBatch(run, 'success', data);
  return 'success';
}
