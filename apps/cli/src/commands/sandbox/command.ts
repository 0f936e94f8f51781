import type { Command } from 'commander';
import { wholeNumber } from '../../runtime/options.js';
import type { Session } from '../../runtime/session.js';
import type { ScenarioOptions } from './scenario.js';
import type { StartOptions } from './start.js';
import type { LedgerOptions } from './ledger.js';

const START_HELP = `
Runs until Ctrl-C. What is missing of keys and certificates is made in --keys.

Examples:
  $ zhimaper sandbox --keys ./keys
  $ zhimaper sandbox --port 4000 --app-id 2021000000000001 --json

With --json, when it is ready: {"gatewayUrl","appId","keysDir"}
Exit status: 0 once it was stopped, 2 where it cannot start.`;

const LEDGER_HELP = `
The sandbox is the one of gateway-url (ALIPAY_GATEWAY_URL, --gateway-url). The ledger is the one place that shows
mobiles and tokens: they are made up.

Examples:
  $ zhimaper sandbox ledger
  $ zhimaper sandbox ledger --clear

With --json: {"requests":[…],"tokens":[…]}, as the sandbox tells it.
Exit status: 0, 69 where the sandbox does not answer, 5 where something else does.`;

const ADD_HELP = `
A scenario takes requests that agree with every option given, --times of them, and answers with an error (--sub-code)
or a fault (--then, as JSON; the sandbox's README lists them).

Examples:
  $ zhimaper sandbox scenario add --mobile 13800000001 --sub-code SYSTEM_ERROR --times 2
  $ zhimaper sandbox scenario add --then '{"resetAfter":true}' --json

With --json: {"id"}
Exit status: 0, 2 where the sandbox does not take it, 69 where it does not answer.`;

const CLEAR_HELP = `
Example:
  $ zhimaper sandbox scenario clear

With --json: {"cleared":true}
Exit status: 0, 69 where the sandbox does not answer.`;

export function addSandboxCommands(parent: Command, session: Session): void {
  const sandbox = parent
    .command('sandbox')
    .description("a stand-in for Alipay's gateway, for development and tests")
    .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--keys <folder>', 'keys and certificates', '.local/gateway-sandbox')
    .option('--app-id <id>', 'the one application that it knows')
    .addHelpText('after', START_HELP);
  session.attach<StartOptions>(sandbox, {
    emptyResult: () => ({ gatewayUrl: null, appId: null, keysDir: null }),
    load: async () => (await import('./start.js')).runStart,
  });
  addLedger(sandbox, session);
  addScenario(sandbox, session);
}

function addLedger(parent: Command, session: Session): void {
  const command = parent
    .command('ledger')
    .description('what a sandbox was asked, and the tokens that it issued')
    .option('--clear', 'empty it instead')
    .addHelpText('after', LEDGER_HELP);
  session.attach<LedgerOptions>(command, {
    settings: ['gateway-url'],
    showsTimes: true,
    emptyResult: () => ({ requests: null, tokens: null }),
    load: async () => (await import('./ledger.js')).runLedger,
  });
}

function addScenario(parent: Command, session: Session): void {
  const scenario = parent
    .command('scenario')
    .description('what a sandbox answers instead')
    .addHelpText(
      'after',
      '\nExample:\n  $ zhimaper sandbox scenario add --sub-code SYSTEM_ERROR --times 1',
    );
  const add = scenario
    .command('add')
    .description('answer certain requests with an error or a fault')
    .option('--method <method>', 'only requests of this method')
    .option('--mobile <number>', 'only applications with this mobile')
    .option('--cert-no <number>', 'only applications with this ID number')
    .option('--times <number>', 'how many requests; without it, all', wholeNumber(1, 1_000_000))
    .option('--sub-code <code>', 'the error to answer')
    .option('--then <json>', 'the fault, as JSON')
    .addHelpText('after', ADD_HELP);
  session.attach<ScenarioOptions>(add, {
    settings: ['gateway-url'],
    emptyResult: () => ({ id: null }),
    load: async () => (await import('./scenario.js')).runAdd,
  });
  const clear = scenario
    .command('clear')
    .description('take all scenarios back')
    .addHelpText('after', CLEAR_HELP);
  session.attach<object>(clear, {
    settings: ['gateway-url'],
    emptyResult: () => ({ cleared: null }),
    load: async () => (await import('./scenario.js')).runClear,
  });
}
