import {
  chosenProfile,
  profilePath,
  profileValues,
  readProfiles,
} from '../../config/profile-file.js';
import { resolveSettings, type SettingSource } from '../../config/resolve.js';
import { readSettingFlags } from '../../config/setting-flags.js';
import { inlineVariableOf, SETTINGS } from '../../config/settings.js';
import type { CliContext } from '../../runtime/context.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { Column } from '../../runtime/layout.js';
import type { CommandRun } from '../../runtime/session.js';
import type { ProfileOptions } from './change.js';
import { settingOf } from './setting-name.js';

export interface ListOptions extends ProfileOptions {
  explain?: boolean;
}

/** One setting with everything that is said about it. */
interface Row {
  readonly name: string;
  readonly variable: string;
  /** What counts; null where nothing does, and where it is a secret. */
  readonly value: string | null;
  readonly source: SettingSource | null;
  readonly flag: string | null;
  readonly environment: string | null;
  readonly profile: string | null;
}

/** Of a secret that stands in the environment itself, only that it does. */
const SECRET = '(secret)';

const PLAIN_COLUMNS: readonly Column<Row>[] = [
  { heading: 'SETTING', value: ({ name }) => name },
  { heading: 'VALUE', value: ({ value }) => value ?? SECRET, flexible: true },
  { heading: 'FROM', value: ({ source }) => source },
];

const EXPLAIN_COLUMNS: readonly Column<Row>[] = [
  { heading: 'SETTING', value: ({ name }) => name },
  { heading: 'COUNTS', value: ({ source }) => source },
  { heading: 'FLAG', value: ({ flag }) => flag, rank: 1 },
  { heading: 'ENVIRONMENT', value: ({ environment }) => environment, flexible: true, rank: 2 },
  { heading: 'PROFILE', value: ({ profile }) => profile, flexible: true, rank: 3 },
];

/** Lists settings, and with `--explain` why each is what it is. */
export async function runList({
  context,
  output,
  options,
}: CommandRun<ListOptions>): Promise<CommandOutcome> {
  const { explain = false } = options;
  const { rows, profile, others } = await readRows(context, { ...options });
  await output.note(
    `profile ${profile}${others.length > 0 ? ` (there are also ${others.join(', ')})` : ''}; ${profilePath(context.env) ?? 'no config folder'}`,
  );
  const list = output.list<Row>({
    columns: () => (explain ? EXPLAIN_COLUMNS : PLAIN_COLUMNS),
    empty: 'Nothing is set.',
  });
  await list.add(explain ? rows : rows.filter(({ source }) => source !== null));
  await list.end();
  return 'success';
}

/** Prints one setting alone, so that it can stand in `$(…)`. */
export async function runGet({
  context,
  output,
  operands: [name = ''],
  options,
}: CommandRun<ProfileOptions>): Promise<CommandOutcome> {
  const setting = settingOf(name);
  const { rows } = await readRows(context, { ...options });
  const row = rows.find((known) => known.name === setting.name);
  if (!row?.source) {
    throw new CommandFailure('not-found', `${name} is not set.`, {
      nextStep: `Set it with zhimaper config set ${name} VALUE, or with ${setting.variable}.`,
    });
  }
  const { value, source } = row;
  await output.result({ name, value, source }, () => [value ?? SECRET]);
  return 'success';
}

async function readRows(context: CliContext, options: Readonly<Record<string, unknown>>) {
  const { env } = context;
  const file = await readProfiles(env);
  const named = options['profile'];
  const profileName = chosenProfile(file, typeof named === 'string' ? named : undefined, env);
  const profile = profileValues(file, profileName);
  const flags = readSettingFlags(
    options,
    SETTINGS.map(({ name }) => name),
  );
  const resolved = resolveSettings({ flags, env, profile });
  const rows = SETTINGS.map((setting): Row => {
    const { name, variable } = setting;
    const inline = inlineVariableOf(setting);
    const counts = resolved.find((known) => known.setting.name === name);
    return {
      name,
      variable,
      value: counts?.value ?? null,
      source: counts?.source ?? null,
      flag: flags[name] ?? null,
      environment: inline !== null && env[inline] ? SECRET : env[variable] || null,
      profile: profile[name] ?? null,
    };
  });
  const others = Object.keys(file.profiles).filter((name) => name !== profileName);
  return { rows, profile: profileName, others };
}
