import { AUTHORIZATION_STATUSES, RESOLUTION_OUTCOMES } from '@zhimaper/api-client';
import { Option, type Command } from 'commander';
import { addListOptions } from '../../api/list-options.js';
import { API_SETTINGS } from '../../config/settings.js';
import { wholeNumber } from '../../runtime/options.js';
import type { CommandDefinition, Session } from '../../runtime/session.js';
import type { ApplyOptions } from './apply.js';
import { noAuthorization, noErasure, noListedAuthorization, noToken } from './empty-result.js';
import type { EraseOptions } from './erase.js';
import type { GetOptions } from './get.js';
import {
  APPLY_HELP,
  ERASE_HELP,
  GET_HELP,
  LIST_HELP,
  REFRESH_HELP,
  RESOLVE_HELP,
  TOKEN_HELP,
} from './help.js';
import type { ListOptions } from './list.js';
import type { ResolveOptions } from './resolve.js';
import type { TokenOptions } from './token.js';

const LONGEST_WATCH_S = 86_400;

export function addAuthorizationsCommands(parent: Command, session: Session): void {
  const authorizations = parent
    .command('authorizations')
    .description('authorisations, through the api, which keeps their tokens')
    .addHelpText('after', '\nExample:\n  $ zhimaper authorizations list --status unknown');
  const attach = <Options extends object>(
    command: Command,
    definition: Pick<CommandDefinition<Options>, 'emptyResult' | 'load'>,
  ) => {
    session.attach<Options>(command, { ...definition, settings: API_SETTINGS, showsTimes: true });
  };

  attach<ApplyOptions>(applyCommand(authorizations), {
    emptyResult: noAuthorization('idempotencyKey', 'replayed'),
    load: async () => (await import('./apply.js')).runApply,
  });
  attach<ListOptions>(listCommand(authorizations), {
    emptyResult: noListedAuthorization,
    load: async () => (await import('./list.js')).runList,
  });
  attach<GetOptions>(getCommand(authorizations), {
    emptyResult: noAuthorization(),
    load: async () => (await import('./get.js')).runGet,
  });
  attach<TokenOptions>(tokenCommand(authorizations), {
    emptyResult: noToken,
    load: async () => (await import('./token.js')).runToken,
  });
  attach<object>(refreshCommand(authorizations), {
    emptyResult: noAuthorization('replayed'),
    load: async () => (await import('./refresh.js')).runRefresh,
  });
  attach<ResolveOptions>(resolveCommand(authorizations), {
    emptyResult: noAuthorization(),
    load: async () => (await import('./resolve.js')).runResolve,
  });
  attach<EraseOptions>(eraseCommand(authorizations), {
    emptyResult: noErasure,
    load: async () => (await import('./erase.js')).runErase,
  });
}

function applyCommand(parent: Command): Command {
  return parent
    .command('apply')
    .description('apply for a person; the person gets an SMS')
    .option('--input <file>', 'the application as JSON; - reads stdin')
    .option('--name <name>', "the person's name")
    .option('--cert-no <number>', 'the ID number')
    .option('--mobile <number>', 'the mobile number that gets the SMS')
    .option('--cert-type <type>', 'the kind of document (default: IDENTITY_CARD)')
    .option('--linked-merchant-id <id>', 'second-level merchant, for service providers only')
    .option('--reference <reference>', 'your own id of the application; no personal data')
    .option('--consent-reference <reference>', "your record of the person's consent")
    .option('--consent-text-version <version>', 'which text the person agreed to')
    .option('--consent-granted-at <time>', 'when the person agreed, ISO 8601')
    .option('--confirm-reapplication', 'apply although the person is authorised already')
    .option('--idempotency-key <key>', 'under which a second try continues this one')
    .addHelpText('after', APPLY_HELP);
}

function listCommand(parent: Command): Command {
  const command = parent
    .command('list')
    .description('authorisations, the newest first')
    .addOption(
      new Option('--status <status>', 'only those of this status').choices(AUTHORIZATION_STATUSES),
    )
    .option('--reference <reference>', 'only those of this reference')
    .option('--linked-merchant-id <id>', 'only those of this second-level merchant');
  return addListOptions(command).addHelpText('after', LIST_HELP);
}

function getCommand(parent: Command): Command {
  return parent
    .command('get')
    .description('one authorisation')
    .argument('<id>', "the authorisation's id")
    .option('--watch', 'wait until it is settled')
    .option(
      '--timeout <seconds>',
      'how long to watch (default: 120)',
      wholeNumber(1, LONGEST_WATCH_S),
    )
    .addHelpText('after', GET_HELP);
}

function tokenCommand(parent: Command): Command {
  return parent
    .command('token')
    .description('reveal the access token')
    .argument('<id>', "the authorisation's id")
    .option('--yes', 'neither ask nor warn')
    .addHelpText('after', TOKEN_HELP);
}

function refreshCommand(parent: Command): Command {
  return parent
    .command('refresh')
    .description('replace the token pair by a new one')
    .argument('<id>', "the authorisation's id")
    .addHelpText('after', REFRESH_HELP);
}

function resolveCommand(parent: Command): Command {
  return parent
    .command('resolve')
    .description('decide what became of an application whose outcome is unknown')
    .argument('<id>', "the authorisation's id")
    .addOption(
      new Option('--outcome <outcome>', 'what became of it')
        .choices(RESOLUTION_OUTCOMES)
        .makeOptionMandatory(),
    )
    .option('--note <text|@file>', 'how that is known, for those who ask later')
    .addHelpText('after', RESOLVE_HELP);
}

function eraseCommand(parent: Command): Command {
  return parent
    .command('erase')
    .description('destroy data and tokens of one authorisation or of a person')
    .argument('[id]', "the authorisation's id")
    .option('--person', 'everything about a person')
    .option('--input <file>', 'with --person: the ID number, alone or as JSON; - reads stdin')
    .option('--yes', 'do not ask')
    .addHelpText('after', ERASE_HELP);
}
