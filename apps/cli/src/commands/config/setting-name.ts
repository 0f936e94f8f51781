import { SETTINGS, type Setting, type SettingName } from '../../config/settings.js';
import { CommandFailure } from '../../runtime/failure.js';
import { nearMatches } from '../../runtime/near-matches.js';

/** The setting of a name; throws with the names that may have been meant. */
export function settingOf(name: string): Setting & { readonly name: SettingName } {
  const setting = SETTINGS.find((known) => known.name === name);
  if (setting) return setting;
  const near = nearMatches(
    name,
    SETTINGS.map((known) => known.name),
  );
  // `api-key` is meant for `api-key-file`: a key itself has no place in a profile.
  const file = SETTINGS.find((known) => known.name === `${name}-file`);
  throw new CommandFailure('invalid-usage', 'There is no setting of that name.', {
    nextStep: file
      ? `Keep the secret in a file of mode 0600, and set ${file.name} to its path.`
      : near.length > 0
        ? `Did you mean ${near.join(', ')}?`
        : 'See zhimaper config --help for all of them.',
  });
}
