import type { ApiClient, Batch } from '@zhimaper/api-client';
import type { CliContext } from '../../runtime/context.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { Output } from '../../runtime/output.js';
import { readItems } from './items.js';
import { outcomeOf, outcomeOfFailed } from './outcome.js';
import { countOf } from './show.js';

/** How a batch ended that was followed; the lines that failed are looked at one by one. */
export async function outcomeOfBatch(
  context: CliContext,
  api: ApiClient,
  batch: Batch,
): Promise<CommandOutcome> {
  const failures = new Set<CommandOutcome>();
  if (countOf(batch, 'failed') > 0) {
    for await (const item of readItems(context, api, batch.id, { status: 'failed' })) {
      failures.add(outcomeOfFailed(item));
    }
  }
  return outcomeOf(batch, [...failures]);
}

/** Says below the result what there is to do. */
export async function adviseOn(output: Output, batch: Batch): Promise<void> {
  const { id, status, pauseReason } = batch;
  if (status === 'paused') {
    const refused = pauseReason === 'gateway-refused';
    await output.error(
      refused ? 'Alipay refuses every line, so the batch paused itself.' : 'The batch is paused.',
      [],
      `${refused ? 'Mend configuration or permissions of the api, then' : 'Go on'}: zhimaper batch resume ${id}`,
    );
  } else if (status === 'cancelled') {
    await output.error(
      'The batch is cancelled.',
      [],
      'To apply for what was left, submit it with another --idempotency-key.',
    );
  } else if (status === 'completed') {
    const failed = (['unknown', 'failed', 'refused', 'rejected', 'invalid'] as const).find(
      (end) => countOf(batch, end) > 0,
    );
    if (failed) await output.note(`See why: zhimaper batch results ${id} --status ${failed}`);
  }
}
