import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeSafely } from '../files/write-safely.js';
import type { CliContext } from '../runtime/context.js';
import { CommandFailure } from '../runtime/failure.js';
import { systemCode } from '../runtime/error-shape.js';
import { SETTINGS, type SettingName } from './settings.js';

const DEFAULT_PROFILE = 'default';

/** A name that needs no quoting in a shell. */
const profileName = z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/);
const settingNames: readonly string[] = SETTINGS.map(({ name }) => name);

const profileFile = z.strictObject({
  version: z.literal(1),
  current: profileName,
  profiles: z.record(
    profileName,
    z
      .record(z.string(), z.string().min(1))
      .refine((values) => Object.keys(values).every((name) => settingNames.includes(name))),
  ),
});

export type ProfileValues = Readonly<Partial<Record<SettingName, string>>>;

export interface ProfileFile {
  readonly version: 1;
  /** The profile that counts where none is named. */
  readonly current: string;
  readonly profiles: Readonly<Record<string, ProfileValues>>;
}

const NO_PROFILES: ProfileFile = { version: 1, current: DEFAULT_PROFILE, profiles: {} };

/** Where profiles are kept: `zhimaper/config.json` in the XDG config folder; null where there is no home. */
export function profilePath(env: CliContext['env']): string | null {
  const { XDG_CONFIG_HOME: configured, HOME: home } = env;
  // The XDG base directory specification: a relative path is to be ignored.
  if (configured?.startsWith('/')) return join(configured, 'zhimaper', 'config.json');
  return home ? join(home, '.config', 'zhimaper', 'config.json') : null;
}

/** Reads the profiles; none where there is no file. Throws `CommandFailure` for a file that is none. */
export async function readProfiles(env: CliContext['env']): Promise<ProfileFile> {
  const path = profilePath(env);
  if (path === null) return NO_PROFILES;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return NO_PROFILES;
    throw new CommandFailure('caller-config', `${path} cannot be read (${code ?? 'unknown'}).`, {
      nextStep: 'Make it readable, or set XDG_CONFIG_HOME to another folder.',
      cause,
    });
  }
  const parsed = profileFile.safeParse(parseOrNull(text));
  if (parsed.success) return parsed.data;
  throw new CommandFailure('caller-config', `${path} is no configuration of zhimaper.`, {
    nextStep: 'Correct it or move it away, and write it anew with zhimaper config set.',
  });
}

/** Replaces the profiles as a whole, readable for their owner alone. */
export async function writeProfiles(env: CliContext['env'], file: ProfileFile): Promise<void> {
  const path = profilePath(env);
  if (path === null) {
    throw new CommandFailure('caller-config', 'There is no folder to keep profiles in.', {
      nextStep: 'Set HOME or XDG_CONFIG_HOME.',
    });
  }
  await writeSafely(path, `${JSON.stringify(file, null, 2)}\n`, { force: true, makeFolder: true });
}

export function isProfileName(name: string): boolean {
  return profileName.safeParse(name).success;
}

/** The name of the profile that counts. */
export function chosenProfile(file: ProfileFile, flag: string | undefined, env: CliContext['env']) {
  return flag ?? (env['ZHIMAPER_PROFILE'] || file.current);
}

/** What a profile says. Throws where one was asked for by name that does not exist. */
export function profileValues(file: ProfileFile, name: string): ProfileValues {
  const values = Object.hasOwn(file.profiles, name) ? file.profiles[name] : undefined;
  if (values) return values;
  if (name === DEFAULT_PROFILE) return {};
  throw new CommandFailure('caller-config', `There is no profile ${shownName(name)}.`, {
    nextStep: `Known are: ${Object.keys(file.profiles).join(', ') || 'none'}. Make one with zhimaper config set --profile NAME.`,
  });
}

/** A name out of an argument, fit to print. */
function shownName(name: string): string {
  return isProfileName(name) ? name : 'of that name';
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
