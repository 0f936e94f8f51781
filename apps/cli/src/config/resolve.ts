import type { CliContext } from '../runtime/context.js';
import { chosenProfile, profileValues, readProfiles, type ProfileValues } from './profile-file.js';
import { readSettingFlags } from './setting-flags.js';
import { inlineVariableOf, SETTINGS, type Setting, type SettingName } from './settings.js';

/** Where a setting comes from, the strongest first. */
export type SettingSource = 'flag' | 'environment' | 'profile';

/** A setting that somebody made. */
export interface ResolvedSetting {
  readonly setting: Setting & { readonly name: SettingName };
  readonly source: SettingSource;
  /** Null where the environment holds the secret itself. */
  readonly value: string | null;
}

export interface SettingSources {
  readonly flags: Partial<Record<SettingName, string>>;
  readonly env: CliContext['env'];
  readonly profile: ProfileValues;
}

/** Decides each setting: a flag wins over the environment, and that over the profile. */
export function resolveSettings({ flags, env, profile }: SettingSources): ResolvedSetting[] {
  return SETTINGS.flatMap((setting): ResolvedSetting[] => {
    const flag = flags[setting.name];
    if (flag !== undefined) return [{ setting, source: 'flag', value: flag }];
    const inline = inlineVariableOf(setting);
    if (inline !== null && env[inline]) return [{ setting, source: 'environment', value: null }];
    const variable = env[setting.variable];
    if (variable) return [{ setting, source: 'environment', value: variable }];
    const kept = profile[setting.name];
    return kept === undefined ? [] : [{ setting, source: 'profile', value: kept }];
  });
}

/** The same context with what flags and the profile say in its environment, so that there is one place to look. */
export async function withSettings(
  context: CliContext,
  options: Readonly<Record<string, unknown>>,
  names: readonly SettingName[],
): Promise<CliContext> {
  const file = await readProfiles(context.env);
  const { profile: named } = options;
  const profileName = chosenProfile(
    file,
    typeof named === 'string' ? named : undefined,
    context.env,
  );
  const resolved = resolveSettings({
    flags: readSettingFlags(options, names),
    env: context.env,
    profile: profileValues(file, profileName),
  });
  const env: Record<string, string | undefined> = { ...context.env };
  const settingNames = new Map<string, string>();
  for (const { setting, source, value } of resolved) {
    if (source === 'environment' || value === null) continue;
    const inline = inlineVariableOf(setting);
    if (inline !== null) env[inline] = undefined;
    env[setting.variable] = value;
    settingNames.set(
      setting.variable,
      source === 'flag' ? `--${setting.name}` : `${setting.name} of the profile ${profileName}`,
    );
  }
  return { ...context, env, settingNames };
}
