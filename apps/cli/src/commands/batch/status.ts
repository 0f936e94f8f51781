import type { Batch } from '@zhimaper/api-client';
import { connectToApi } from '../../api/connect.js';
import { errorMember } from '../../api/error-member.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { adviseOn, outcomeOfBatch } from './finish.js';
import { findBatch, followBatch } from './follow.js';
import { batchFields, batchMembers } from './show.js';

export interface StatusOptions {
  follow?: boolean;
}

/** Shows a batch; with `--follow` until it has ended, and ends as the worst of its lines did. */
export async function runStatus(run: CommandRun<StatusOptions>): Promise<CommandOutcome> {
  const { context, output, options, operands } = run;
  const api = await connectToApi(context);
  const found = await findBatch(context, api, operands[0] ?? '');
  if (options.follow !== true) {
    await printBatch(run, 'success', found);
    return 'success';
  }
  const batch = await followBatch(context, api, found, (seen) => ({
    outcome: 'interrupted',
    ...batchMembers(seen),
    error: errorMember('interrupted', null, undefined),
  }));
  const outcome = await outcomeOfBatch(context, api, batch);
  await printBatch(run, outcome, batch);
  await adviseOn(output, batch);
  return outcome;
}

/** Prints a batch as the result of a command. */
export async function printBatch(
  { output }: Pick<CommandRun<object>, 'output'>,
  outcome: CommandOutcome,
  batch: Batch,
): Promise<void> {
  await output.result({ outcome, ...batchMembers(batch), error: null }, (view) =>
    view.fields(batchFields(batch, view)),
  );
}
