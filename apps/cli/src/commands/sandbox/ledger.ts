import { z } from 'zod';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { askSandbox } from './ask-sandbox.js';

export interface LedgerOptions {
  clear?: boolean;
}

/** The members that are shown; the rest is passed on as it came. */
const ledgerSchema = z.looseObject({
  requests: z.array(
    z.looseObject({
      at: z.string(),
      method: z.string().nullable(),
      mobile: z.string().nullable(),
      verdict: z.string(),
      outcome: z.string(),
      traceId: z.string(),
    }),
  ),
  tokens: z.array(z.looseObject({ at: z.string() })),
});

type LedgerRequest = z.infer<typeof ledgerSchema>['requests'][number];

/** Shows what a sandbox was asked, or empties its ledger. */
export async function runLedger({
  context,
  output,
  options: { clear = false },
}: CommandRun<LedgerOptions>): Promise<CommandOutcome> {
  if (clear) {
    await askSandbox(context, 'ledger', { method: 'DELETE' });
    await output.result({ requests: [], tokens: [] }, (view) => view.fields([['cleared', 'yes']]));
    return 'success';
  }
  const { data: ledger } = ledgerSchema.safeParse(
    await askSandbox(context, 'ledger', { method: 'GET' }),
  );
  if (!ledger) {
    throw new CommandFailure('not-found', 'What answers there keeps no ledger of a sandbox.', {
      nextStep: 'Give the gatewayUrl of a sandbox with --gateway-url.',
    });
  }
  if (output.json) {
    await output.result(ledger, () => []);
    return 'success';
  }
  const list = output.list<LedgerRequest>({
    columns: (view) => [
      { heading: 'AT', value: ({ at }) => view.time(at) },
      { heading: 'METHOD', value: ({ method }) => method, flexible: true, rank: 2 },
      { heading: 'MOBILE', value: ({ mobile }) => mobile },
      { heading: 'VERDICT', value: ({ verdict }) => verdict, flexible: true },
      { heading: 'OUTCOME', value: ({ outcome }) => outcome, flexible: true },
      { heading: 'TRACE ID', value: ({ traceId }) => traceId, rank: 1 },
    ],
    empty: 'Nothing was asked.',
  });
  await list.add(ledger.requests);
  await list.end();
  const { length: pairs } = ledger.tokens;
  await output.note(`${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of tokens issued; see --json.`);
  return 'success';
}
