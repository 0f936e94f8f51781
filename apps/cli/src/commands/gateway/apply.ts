import type { ZhimaAuthorizationInput, ZhimaAuthorizationResult } from '@zhimaper/alipay-core';
import { readCallSettings, readDraftSettings } from '../../config/gateway-settings.js';
import { warnOfProcessList } from '../../input/personal-data.js';
import { takeBoth } from '../../runtime/core-failure.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { Fields } from '../../runtime/layout.js';
import type { Output } from '../../runtime/output.js';
import type { CommandRun } from '../../runtime/session.js';
import { deliver, reportFailure, styleOutcome, withClient } from './client.js';
import { showDryRun } from './dry-run.js';
import { isOnCommandLine, readPerson, type PersonOptions } from '../../input/person.js';

export interface ApplyOptions extends PersonOptions {
  strict?: boolean;
  allowLongName?: boolean;
  dryRun?: boolean;
  reveal?: boolean;
  hex?: boolean;
}

/** Applies for a person's authorisation and prints the tokens: the one place where they are shown. */
export async function runApply(run: CommandRun<ApplyOptions>): Promise<CommandOutcome> {
  const { context, output, options } = run;
  const {
    dryRun = false,
    reveal = false,
    hex = false,
    strict = false,
    allowLongName = false,
  } = options;
  if ((reveal || hex) && !dryRun) {
    const option = reveal ? '--reveal' : '--hex';
    throw new CommandFailure('invalid-usage', `${option} belongs to --dry-run.`, {
      nextStep: `Leave ${option} out: a real application prints its tokens and nothing else.`,
    });
  }
  if (isOnCommandLine(options)) await warnOfProcessList(output);

  if (dryRun) {
    const [settings, input] = await prepare(run, () => readDraftSettings(context));
    return showDryRun(run, settings, input);
  }
  const [settings, input] = await prepare(run, () => readCallSettings(context));
  if (context.isStdoutNowhere?.()) {
    await output.warn('stdout is closed or the null device: tokens that are granted are lost.');
  }
  const result = await withClient(settings, run, (client) =>
    client.applyZhimaAuthorization(input, { signal: context.signal, strict, allowLongName }),
  );
  if (result.outcome !== 'success') await reportFailure(result, output);
  return deliver(result.outcome, showResult(result, output));
}

/** Reads settings and person, and tells all faults of both at once. */
async function prepare<Settings>(
  { context, output, options }: CommandRun<ApplyOptions>,
  readSettings: () => Promise<Settings>,
): Promise<readonly [Settings, ZhimaAuthorizationInput]> {
  const { strict = false, allowLongName = false } = options;
  const [settings, { input, warnings }] = await takeBoth(readSettings, (mayPrompt) =>
    // Nobody is asked for an ID number only to hear then that the configuration is wrong.
    readPerson(context, options, { mayPrompt, strict, allowLongName }),
  );
  for (const { field, message, code } of warnings) {
    await output.warn(`${field} ${message} (${code})`);
  }
  return [settings, input];
}

function showResult(result: ZhimaAuthorizationResult, output: Output): Promise<void> {
  const isSuccess = result.outcome === 'success';
  const shown = {
    outcome: result.outcome,
    accessToken: isSuccess ? result.accessToken : null,
    refreshToken: isSuccess ? result.refreshToken : null,
    authTokenType: isSuccess ? result.authTokenType : null,
    code: result.code,
    subCode: isSuccess ? null : result.subCode,
    traceId: result.traceId,
  };
  const tokens: Fields = [
    ['access token', shown.accessToken],
    ['refresh token', shown.refreshToken],
    ['token type', shown.authTokenType],
  ];
  return output.result(shown, (view) =>
    view.fields([
      ['outcome', styleOutcome(shown.outcome, view.style)],
      ...(isSuccess ? tokens : []),
      ['code', shown.code],
      ['sub-code', shown.subCode],
      ['trace id', shown.traceId],
    ]),
  );
}
