import { parseJsonObject } from '../../input/json.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import { textMember } from '../../net/probe.js';
import type { CommandRun } from '../../runtime/session.js';
import { askSandbox } from './ask-sandbox.js';

export interface ScenarioOptions {
  method?: string;
  mobile?: string;
  certNo?: string;
  times?: number;
  subCode?: string;
  then?: string;
}

/** Tells a sandbox to answer certain requests with an error or a fault. */
export async function runAdd({
  context,
  output,
  options,
}: CommandRun<ScenarioOptions>): Promise<CommandOutcome> {
  const { method, mobile, certNo, times, subCode, then } = options;
  if (subCode === undefined && then === undefined) {
    throw new CommandFailure('invalid-usage', 'The scenario does nothing.', {
      nextStep: 'Give an error with --sub-code, or a fault with --then.',
    });
  }
  const match = Object.entries({ method, mobile, certNo }).filter(
    ([, value]) => value !== undefined,
  );
  const body = await askSandbox(context, 'scenarios', {
    method: 'POST',
    json: {
      match: Object.fromEntries(match),
      ...(times === undefined ? {} : { times }),
      then: {
        ...(then === undefined ? {} : parseJsonObject(then, '--then')),
        ...(subCode === undefined ? {} : { subCode }),
      },
    },
  });
  const id = textMember(body, 'id');
  await output.result({ id }, (view) => view.fields([['scenario', id]]));
  return 'success';
}

/** Takes all scenarios of a sandbox back. */
export async function runClear({ context, output }: CommandRun<object>): Promise<CommandOutcome> {
  await askSandbox(context, 'scenarios', { method: 'DELETE' });
  await output.result({ cleared: true }, (view) => view.fields([['cleared', 'yes']]));
  return 'success';
}
