import { apiOf } from '../../api/connect.js';
import { ask } from '../../api/ask.js';
import { readApiSettings } from '../../config/api-settings.js';
import { warnOfProcessList } from '../../input/personal-data.js';
import { isOnCommandLine } from '../../input/person.js';
import { takeBoth } from '../../runtime/core-failure.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { readApplication, type ApplicationOptions } from './application.js';
import { deriveIdempotencyKey } from './idempotency-key.js';
import { authorizationFields, authorizationMembers, outcomeOf } from './show.js';

export interface ApplyOptions extends ApplicationOptions {
  idempotencyKey?: string;
}

/** Applies for a person through the api, which keeps the tokens. */
export async function runApply(run: CommandRun<ApplyOptions>): Promise<CommandOutcome> {
  const { context, output, options } = run;
  if (isOnCommandLine(options)) await warnOfProcessList(output);
  const [settings, { application, warnings }] = await takeBoth(
    () => readApiSettings(context),
    // Nobody is asked for an ID number only to hear then that the configuration is wrong.
    (mayPrompt) => readApplication(context, options, mayPrompt),
  );
  for (const { field, message, code } of warnings) {
    await output.warn(`${field} ${message} (${code})`);
  }
  const idempotencyKey = options.idempotencyKey ?? deriveIdempotencyKey(settings.key, application);
  // Before anything is sent, so that whoever sees this end early can ask under the same key.
  await output.note(`idempotency key ${idempotencyKey}`);

  const { data, headers } = await ask(
    apiOf(settings).POST('/v1/authorizations', {
      params: { header: { 'Idempotency-Key': idempotencyKey } },
      body: application,
      signal: context.signal,
    }),
    'effect',
  );
  const replayed = headers.get('idempotent-replayed') === 'true';
  if (replayed) await output.note('An earlier call made this application; nothing was sent again.');
  const outcome = outcomeOf(data);
  await output.result(
    { outcome, idempotencyKey, replayed, ...authorizationMembers(data), error: null },
    (view) => view.fields(authorizationFields(data, view)),
  );
  return outcome;
}
