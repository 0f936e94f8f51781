import type { Command } from 'commander';
import { addSettingFlags } from '../../config/setting-flags.js';
import { SETTINGS } from '../../config/settings.js';
import type { Session } from '../../runtime/session.js';
import type { ListOptions } from './list.js';
import type { ProfileOptions } from './change.js';

const NAMES = SETTINGS.map(({ name, variable }) => `  ${name.padEnd(18)}${variable}`).join('\n');

const HELP = `
Profiles stand in zhimaper/config.json of the XDG config folder ($XDG_CONFIG_HOME, else ~/.config), for their owner
alone. A flag wins over the environment, and that over the profile. Keys are given by the path of their file:
a profile holds no secret.

Settings, and the variables that say the same:
${NAMES}

Examples:
  $ zhimaper config set gateway-url https://openapi-sandbox.dl.alipaydev.com/gateway.do --profile test
  $ zhimaper config set private-key-file app-private-key.pem --profile test
  $ zhimaper config use test
  $ zhimaper config list --explain`;

const SET_HELP = `
Examples:
  $ zhimaper config set app-id 2014072300007148
  $ zhimaper config set api-url http://127.0.0.1:3000 --profile local

With --json: {"profile","name","value"}
Exit status: 0, 2 for a name or value that makes no sense.`;

const UNSET_HELP = `
Example:
  $ zhimaper config unset app-id --profile local

With --json: {"profile","name","value"}; value is null.
Exit status: 0, 2 for an unknown name.`;

const GET_HELP = `
Prints what counts, wherever it comes from; of a secret in the environment only that it is set.

Example:
  $ zhimaper config get gateway-url

With --json: {"name","value","source"}; source is "environment", "profile" or null.
Exit status: 0, 5 where nothing is set, 2 for an unknown name.`;

const LIST_HELP = `
Examples:
  $ zhimaper config list
  $ zhimaper config list --explain --charset gbk

With --json each setting is one line: {"name","variable","value","source","flag","environment","profile"}; value
is what counts. Without --explain only those that are set are listed.
Exit status: 0.`;

const USE_HELP = `
Example:
  $ zhimaper config use default

With --json: {"profile"}
Exit status: 0, 78 where there is no such profile.`;

export function addConfigCommands(parent: Command, session: Session): void {
  const config = parent
    .command('config')
    .description('settings by profile: where the gateway and the api are, and which keys to use')
    .addHelpText('after', HELP);
  addSet(config, session);
  addUnset(config, session);
  addGet(config, session);
  addList(config, session);
  addUse(config, session);
}

const PROFILE = ['--profile <name>', 'another profile than the current one'] as const;
const EMPTY_CHANGE = () => ({ profile: null, name: null, value: null });

function addSet(parent: Command, session: Session): void {
  const command = parent
    .command('set')
    .description('set one setting of a profile')
    .argument('<name>', 'the setting')
    .argument('<value>', 'what it is; a path is kept as an absolute one')
    .option(...PROFILE)
    .addHelpText('after', SET_HELP);
  session.attach<ProfileOptions>(command, {
    emptyResult: EMPTY_CHANGE,
    load: async () => (await import('./change.js')).runSet,
  });
}

function addUnset(parent: Command, session: Session): void {
  const command = parent
    .command('unset')
    .description('take one setting out of a profile')
    .argument('<name>', 'the setting')
    .option(...PROFILE)
    .addHelpText('after', UNSET_HELP);
  session.attach<ProfileOptions>(command, {
    emptyResult: EMPTY_CHANGE,
    load: async () => (await import('./change.js')).runUnset,
  });
}

function addGet(parent: Command, session: Session): void {
  const command = parent
    .command('get')
    .description('print one setting')
    .argument('<name>', 'the setting')
    .option(...PROFILE)
    .addHelpText('after', GET_HELP);
  session.attach<ProfileOptions>(command, {
    emptyResult: () => ({ name: null, value: null, source: null }),
    load: async () => (await import('./list.js')).runGet,
  });
}

function addList(parent: Command, session: Session): void {
  const command = parent.command('list').description('list settings, and where each comes from');
  addSettingFlags(
    command,
    SETTINGS.map(({ name }) => name),
  );
  command
    .option('--explain', 'every setting with all that flags, environment and profile say')
    .addHelpText('after', LIST_HELP);
  session.attach<ListOptions>(command, {
    emptyResult: () => ({
      name: null,
      variable: null,
      value: null,
      source: null,
      flag: null,
      environment: null,
      profile: null,
    }),
    load: async () => (await import('./list.js')).runList,
  });
}

function addUse(parent: Command, session: Session): void {
  const command = parent
    .command('use')
    .description('make a profile the current one')
    .argument('<profile>', 'its name')
    .addHelpText('after', USE_HELP);
  session.attach<object>(command, {
    emptyResult: () => ({ profile: null }),
    load: async () => (await import('./change.js')).runUse,
  });
}
