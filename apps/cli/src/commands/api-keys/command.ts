import { SCOPES } from '@zhimaper/api-client';
import type { Command } from 'commander';
import { API_HELP, ERROR_HELP } from '../../api/help.js';
import { addListOptions } from '../../api/list-options.js';
import type { PageOptions } from '../../api/print-pages.js';
import { API_SETTINGS } from '../../config/settings.js';
import { jsonShape, listOf } from '../../runtime/help-text.js';
import type { Session } from '../../runtime/session.js';
import type { CreateOptions } from './create.js';
import { parseDuration } from './duration.js';
import { noIssuedApiKey, noListedApiKey, noRevocation } from './empty-result.js';

const MEMBERS = [
  ...['id', 'name', 'clientId', 'clientName', 'displayPrefix', 'scopes', 'expiresAt', 'lastUsedAt'],
  ...['revokedAt', 'createdAt'],
];

const CREATE_HELP = `
The key goes to stdout alone and cannot be had again; everything else goes to stderr. Needs the scope admin.
${listOf('Scopes', SCOPES)}

Example:
  $ (umask 077; zhimaper api-keys create --name crm-2026 --client crm \\
      --scopes authorizations:write,authorizations:read --expires-in 365d > crm.key)

${jsonShape('With --json', ['outcome', ...MEMBERS, 'key', 'error'])}
${ERROR_HELP}
${API_HELP}`;

const LIST_HELP = `
Examples:
  $ zhimaper api-keys list
  $ zhimaper api-keys list --all --json | jq -r 'select(.revokedAt == null) | .name'

${jsonShape('With --json each is one line', [...MEMBERS, 'error'])}
${ERROR_HELP}
${API_HELP}`;

const REVOKE_HELP = `
Example:
  $ zhimaper api-keys revoke 0193579b-df00-7000-8000-000000000002

With --json: {"outcome","id","error"}
${ERROR_HELP}
${API_HELP}`;

export function addApiKeysCommands(parent: Command, session: Session): void {
  const apiKeys = parent
    .command('api-keys')
    .description('who may use the api, and for what')
    .addHelpText('after', '\nExample:\n  $ zhimaper api-keys list --all');
  const common = { settings: API_SETTINGS, showsTimes: true };

  const create = apiKeys
    .command('create')
    .description('make a key; it is shown this once')
    .requiredOption('--name <name>', 'what people call the key')
    .requiredOption('--scopes <scopes>', 'what it may do, parted by commas')
    .option('--client <name|id>', "whose key it is; a new name makes a client (default: the key's)")
    .option('--expires-in <duration>', 'such as 90d or 12h; without it, never', parseDuration)
    .addHelpText('after', CREATE_HELP);
  session.attach<CreateOptions>(create, {
    ...common,
    emptyResult: noIssuedApiKey,
    load: async () => (await import('./create.js')).runCreate,
  });

  const list = apiKeys.command('list').description('the keys of every client');
  session.attach<PageOptions>(addListOptions(list).addHelpText('after', LIST_HELP), {
    ...common,
    emptyResult: noListedApiKey,
    load: async () => (await import('./list.js')).runList,
  });

  const revoke = apiKeys
    .command('revoke')
    .description('make a key stop working at once')
    .argument('<id>', "the key's id")
    .addHelpText('after', REVOKE_HELP);
  session.attach<object>(revoke, {
    ...common,
    emptyResult: noRevocation,
    load: async () => (await import('./revoke.js')).runRevoke,
  });
}
