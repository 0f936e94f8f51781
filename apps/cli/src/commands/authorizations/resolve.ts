import type { RESOLUTION_OUTCOMES } from '@zhimaper/api-client';
import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import { warnOfPersonalArguments } from '../../input/personal-data.js';
import { canPrompt, prompt } from '../../input/prompt.js';
import { readTextOrFile } from '../../input/text-or-file.js';
import type { CliContext } from '../../runtime/context.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { authorizationFields, authorizationMembers } from './show.js';

export interface ResolveOptions {
  outcome: (typeof RESOLUTION_OUTCOMES)[number];
  note?: string;
}

/** The api takes 500 characters. */
const MAX_NOTE_BYTES = 4096;

/** Decides what became of an application whose outcome nobody knew. */
export async function runResolve({
  context,
  output,
  operands: [id = ''],
  options: { outcome, note: given },
}: CommandRun<ResolveOptions>): Promise<CommandOutcome> {
  if (given !== undefined) await warnOfPersonalArguments(output, [given]);
  const api = await connectToApi(context);
  const note = await readNote(context, given);
  const { data } = await ask(
    api.POST('/v1/authorizations/{id}/resolution', {
      params: { path: { id } },
      body: { outcome, note },
      signal: context.signal,
    }),
    'effect',
  );
  await output.result({ outcome: 'success', ...authorizationMembers(data), error: null }, (view) =>
    view.fields(authorizationFields(data, view)),
  );
  return 'success';
}

async function readNote(context: CliContext, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    const { text } = await readTextOrFile(context, given, '--note', MAX_NOTE_BYTES);
    return text.trim();
  }
  if (canPrompt(context)) return prompt(context, { label: 'How is that known', hidden: false });
  throw new CommandFailure('invalid-usage', '--note is missing.', {
    nextStep: 'Say how the outcome is known: --note TEXT or --note @FILE.',
  });
}
