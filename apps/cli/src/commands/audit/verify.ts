import type { AuditReport } from '@zhimaper/api-client';
import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { Fields } from '../../runtime/layout.js';
import type { CommandRun } from '../../runtime/session.js';

export interface VerifyOptions {
  anchor?: string;
}

/** The whole trail is read: that takes long where there is much. */
const TIMEOUT_MS = 600_000;

/** Has the api verify the whole audit trail, and that the seal noted earlier is still in it. */
export async function runVerify({
  context,
  output,
  options,
}: CommandRun<VerifyOptions>): Promise<CommandOutcome> {
  const anchor = options.anchor === undefined ? null : parseAnchor(options.anchor);
  const api = await connectToApi(context, TIMEOUT_MS);
  const { data } = await ask(
    api.POST('/v1/audit-events/verification', {
      body: anchor === null ? {} : { anchor },
      signal: context.signal,
    }),
  );
  const outcome = data.verified ? 'success' : 'not-verified';
  await output.result({ outcome, ...data, error: null }, (view) => view.fields(fieldsOf(data)));
  if (!data.verified) {
    await output.error(
      'The audit trail is not what was written.',
      [],
      'Keep the database as it is, compare it with a backup, and find out who could change it.',
    );
  }
  return outcome;
}

/** `SEAL:DIGEST`, as an earlier report printed its head. */
function parseAnchor(text: string): { seal: number; digest: string } {
  const [, seal = '', digest = ''] = /^([1-9]\d{0,14}):([\da-f]{64})$/.exec(text) ?? [];
  if (seal !== '') return { seal: Number(seal), digest };
  throw new CommandFailure('invalid-usage', '--anchor is not SEAL:DIGEST.', {
    nextStep: 'Give the head that an earlier zhimaper audit verify printed.',
  });
}

function fieldsOf(report: AuditReport): Fields {
  const { firstFault, head } = report;
  return [
    ['verified', report.verified ? 'yes' : 'no'],
    ['events', String(report.events)],
    ['not sealed yet', String(report.unsealedEvents)],
    ['seals', String(report.seals)],
    ['faults', String(report.faults)],
    [
      'first fault',
      firstFault &&
        `${firstFault.kind}, seal ${firstFault.seal ?? '-'}, event ${firstFault.eventId ?? '-'}`,
    ],
    ['head', head && `${head.seal}:${head.digest}`],
  ];
}
