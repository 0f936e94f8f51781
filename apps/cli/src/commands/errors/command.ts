import type { OutcomeClass } from '@zhimaper/alipay-core/errors';
import { Option, type Command } from 'commander';
import type { Session } from '../../runtime/session.js';
import type { ErrorsOptions } from './run.js';

// By keys, so that the compiler knows one that is missing, and the catalogue is not loaded for them.
const CLASSES = Object.keys({
  success: true,
  'not-sent': true,
  'rate-limited': true,
  'unknown-outcome': true,
  'caller-config': true,
  permission: true,
  token: true,
  'caller-input': true,
  'end-user': true,
} satisfies Record<OutcomeClass, true>);

const EXAMPLES = `
Examples:
  $ zhimaper errors NO_USER_ERROR
  $ zhimaper errors isv.invalid-signature
  $ zhimaper errors --search 签名
  $ zhimaper errors --class rate-limited --json

With --json each entry is one line:
  {"code","msg","subCode","aliases","class","description","descriptionZh","solution","solutionZh",
   "confidence","methods","note"}
Exit status: 0, or 5 where the catalogue does not know CODE.`;

export function addErrorsCommand(parent: Command, session: Session): void {
  const command = parent
    .command('errors')
    .description("look up the gateway's result codes: what they mean, and what to do")
    .argument('[code]', 'a code or sub-code; its prefix (isv., aop., isp.) may be left out')
    .option('--search <text>', 'only what holds this text, in English or Chinese')
    .addOption(new Option('--class <class>', 'only what has this outcome class').choices(CLASSES))
    .addHelpText('after', EXAMPLES);
  session.attach<ErrorsOptions>(command, {
    emptyResult: () => ({
      code: null,
      msg: null,
      subCode: null,
      aliases: null,
      class: null,
      description: null,
      descriptionZh: null,
      solution: null,
      solutionZh: null,
      confidence: null,
      methods: null,
      note: null,
    }),
    load: async () => (await import('./run.js')).runErrors,
  });
}
