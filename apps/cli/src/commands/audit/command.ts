import { AUDIT_ACTIONS } from '@zhimaper/api-client';
import { Option, type Command } from 'commander';
import { errorMember } from '../../api/error-member.js';
import { API_HELP, ERROR_HELP } from '../../api/help.js';
import { addListOptions } from '../../api/list-options.js';
import { API_SETTINGS } from '../../config/settings.js';
import { listOf } from '../../runtime/help-text.js';
import type { EmptyResult, Session } from '../../runtime/session.js';
import type { ListOptions } from './list.js';
import type { VerifyOptions } from './verify.js';

const LIST_HELP = `
Times are of ISO 8601, without a zone local ones (UTC with --utc). Needs the scope audit:read.
${listOf('Actions', AUDIT_ACTIONS)}

Examples:
  $ zhimaper audit list --authorization 0193579b-df00-7000-8000-000000000001
  $ zhimaper audit list --action authorization.revealed --from 2026-11-01 --all --json

With --json each is one line: {"id","at","action","actor","apiKeyId","clientId","authorizationId","requestId",
"outcomeClass","subCode","details","error"}
${ERROR_HELP}
${API_HELP}`;

const VERIFY_HELP = `
Ends with 1 where the trail is not what was written. Note the head outside of the database and give it as --anchor
the next time: only so is it found out when the newest part is cut off.

Examples:
  $ zhimaper audit verify
  $ zhimaper audit verify --anchor 2:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --json

With --json: {"outcome","verified","seals","events","unsealedEvents","faults","firstFault","head","error"}
${ERROR_HELP}
${API_HELP}`;

const noListedEvent: EmptyResult = (outcome, subCode, failure) => ({
  id: null,
  at: null,
  action: null,
  actor: null,
  apiKeyId: null,
  clientId: null,
  authorizationId: null,
  requestId: null,
  outcomeClass: null,
  subCode: null,
  details: null,
  error: errorMember(outcome, subCode, failure),
});

const noReport: EmptyResult = (outcome, subCode, failure) => ({
  outcome,
  verified: null,
  seals: null,
  events: null,
  unsealedEvents: null,
  faults: null,
  firstFault: null,
  head: null,
  error: errorMember(outcome, subCode, failure),
});

export function addAuditCommands(parent: Command, session: Session): void {
  const audit = parent
    .command('audit')
    .description('what was done, by whom, and whether that is so')
    .addHelpText('after', '\nExample:\n  $ zhimaper audit list --action authorization.revealed');
  const common = { settings: API_SETTINGS, showsTimes: true };

  const list = audit
    .command('list')
    .description('events, the newest first')
    .addOption(new Option('--action <action>', 'only this action').choices(AUDIT_ACTIONS))
    .option('--authorization <id>', 'only of this authorisation')
    .option('--api-key <id>', 'only what this key did')
    .option('--from <time>', 'only from then on')
    .option('--to <time>', 'only before then')
    .option('--all-clients', 'of every client; needs the scope admin');
  session.attach<ListOptions>(addListOptions(list).addHelpText('after', LIST_HELP), {
    ...common,
    emptyResult: noListedEvent,
    load: async () => (await import('./list.js')).runList,
  });

  const verify = audit
    .command('verify')
    .description('verify the whole trail against its seals')
    .option('--anchor <seal:digest>', 'the head that an earlier report printed')
    .addHelpText('after', VERIFY_HELP);
  session.attach<VerifyOptions>(verify, {
    ...common,
    showsTimes: false,
    emptyResult: noReport,
    load: async () => (await import('./verify.js')).runVerify,
  });
}
