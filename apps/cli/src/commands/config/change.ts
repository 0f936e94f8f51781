import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NO_API_URL, parseApiUrl } from '../../config/api-settings.js';
import { ConfigFaults } from '../../config/config-faults.js';
import { readPlainSettings } from '../../config/plain-settings.js';
import {
  chosenProfile,
  isProfileName,
  profileValues,
  readProfiles,
  writeProfiles,
} from '../../config/profile-file.js';
import { isFileSetting, type Setting, type SettingName } from '../../config/settings.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { settingOf } from './setting-name.js';

export interface ProfileOptions {
  profile?: string;
}

/** Sets one setting of a profile, and makes the profile where there is none. */
export async function runSet(run: CommandRun<ProfileOptions>): Promise<CommandOutcome> {
  const {
    output,
    operands: [name = '', text = ''],
  } = run;
  const setting = settingOf(name);
  const value = checkedValue(setting, text);
  if (isFileSetting(setting)) {
    await access(value).catch(() => output.warn(`${value} cannot be read now.`));
  }
  return change(run, setting.name, value);
}

/** Takes one setting out of a profile. */
export async function runUnset(run: CommandRun<ProfileOptions>): Promise<CommandOutcome> {
  return change(run, settingOf(run.operands[0] ?? '').name, null);
}

/** Makes a profile the current one. */
export async function runUse({
  context: { env },
  output,
  operands: [profile = ''],
}: CommandRun<object>): Promise<CommandOutcome> {
  const file = await readProfiles(env);
  profileValues(file, profile);
  await writeProfiles(env, { ...file, current: profile });
  await output.result({ profile }, (view) => view.fields([['profile', profile]]));
  return 'success';
}

async function change(
  { context: { env }, output, options }: CommandRun<ProfileOptions>,
  name: SettingName,
  value: string | null,
): Promise<CommandOutcome> {
  const file = await readProfiles(env);
  const profile = chosenProfile(file, options.profile, env);
  if (!isProfileName(profile)) {
    throw new CommandFailure('invalid-usage', 'A profile cannot have that name.', {
      nextStep: 'Use letters, digits, dots, dashes and underscores, 64 at most.',
    });
  }
  const { [name]: _old, ...others } = file.profiles[profile] ?? {};
  const values = value === null ? others : { ...others, [name]: value };
  await writeProfiles(env, { ...file, profiles: { ...file.profiles, [profile]: values } });
  await output.result({ profile, name, value }, (view) =>
    view.fields([
      ['profile', profile],
      [name, value],
    ]),
  );
  return 'success';
}

/** A value as it is kept; throws for one that no command would take. */
function checkedValue({ name, variable, ...setting }: Setting, text: string): string {
  if (text === '') {
    throw new CommandFailure('invalid-usage', `${name} cannot be empty.`, {
      nextStep: `Take it out with zhimaper config unset ${name}.`,
    });
  }
  if (isFileSetting({ name, variable, ...setting })) return resolve(text);
  const faults = new ConfigFaults({ settingNames: new Map([[variable, name]]) });
  if (name === 'api-url') {
    const url = parseApiUrl(text);
    if (url !== null) return url;
    faults.add(variable, NO_API_URL);
  } else readPlainSettings({ [variable]: text }, faults);
  if (faults.isEmpty) return text;
  const { details } = faults.failure();
  throw new CommandFailure('invalid-usage', 'The value makes no sense; nothing was changed.', {
    details,
    nextStep: 'Correct it and call again.',
  });
}
