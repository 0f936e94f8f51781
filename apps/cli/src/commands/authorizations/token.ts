import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import { confirm } from '../../input/confirm.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';

export interface TokenOptions {
  yes?: boolean;
}

/** Reveals the access token on stdout, alone; the api writes down who asked. */
export async function runToken({
  context,
  output,
  operands: [id = ''],
  options: { yes = false },
}: CommandRun<TokenOptions>): Promise<CommandOutcome> {
  const api = await connectToApi(context);
  if (!yes && context.stdout.isTTY === true) {
    const question = 'The access token is shown on this terminal, and that is recorded. Go on?';
    if (!(await confirm(context, question))) {
      throw new CommandFailure('invalid-usage', 'Not confirmed; no token was asked for.', {
        nextStep: 'Answer y, or add --yes.',
      });
    }
  } else if (!yes) {
    await output.warn(
      'the access token goes to stdout in the clear, and that is recorded; keep it out of logs. --yes leaves this warning out.',
    );
  }
  const { data } = await ask(
    api.GET('/v1/authorizations/{id}/token', { params: { path: { id } }, signal: context.signal }),
  );
  await output.result({ outcome: 'success', ...data, error: null }, () => [data.accessToken]);
  return 'success';
}
