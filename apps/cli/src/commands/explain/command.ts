import type { Command } from 'commander';
import { collect } from '../../runtime/options.js';
import type { Session } from '../../runtime/session.js';
import type { ExplainOptions } from './run.js';

const HELP = `
The gateway refused a signature: give what was signed (--signed, or its parameters) and the gateway's answer or
sub_msg as FILE, as it came. The first difference is pointed at; keys that are configured show what else is wrong.
An answer's signature does not fit: give its body as FILE, and --method. A notification: give its form to
--notification. Any other failed answer or error text: give it as FILE, the codes in it are looked up.
Personal data stays hidden under a * a character unless --reveal is given.

Examples:
  $ zhimaper explain answer.json --signed @string-to-sign.txt
  $ zhimaper explain --signed 'a=1&b=2' --received 'a=1&b=3'
  $ zhimaper explain answer.json --method alipay.user.auth.zhimaper.inner.apply
  $ zhimaper explain --notification notification.txt --json
  $ zhimaper explain error.txt

With --json: {"about","fits","difference","causes","error"}; about is "request", "answer", "notification" or
"error"; difference is null or {"index","byteIndex","parameter","expected":{"text","column"},"actual":{…}}; each
cause is {"code","certainty","title","evidence","nextStep","command"}; error is null or
{"code","subCode","class","description","solution"}.
Exit status: 0 explained, 2 wrong usage, 5 where nothing known stands in the text, 78 where a key is missing or
not usable.`;

export function addExplainCommand(parent: Command, session: Session): void {
  const command = parent
    .command('explain')
    .description('say why a signature failed or what an error means, and what mends it')
    .argument('[file]', 'the answer, sub_msg or error text as it came; - reads stdin')
    .option('--signed <text|@file>', 'the string that was signed')
    .option('--param <key=value>', 'instead of it, a parameter that was signed', collect)
    .option('--input <file>', 'instead of it, the parameters as a JSON object of texts')
    .option('--received <text>', "what the gateway made of the request, in FILE's place")
    .option('--signature <base64>', 'the signature that was sent')
    .option('--app-public-key-file <file>', "the application's public key as it was uploaded")
    .option('--method <method>', "the method called: explains the answer's own signature")
    .option('--notification <file>', 'the form of a notification; - reads stdin')
    .option('--reveal', 'show personal data')
    .addHelpText('after', HELP);
  session.attach<ExplainOptions>(command, {
    settings: ['private-key-file', 'public-key-file', 'sign-type', 'charset'],
    emptyResult: () => ({
      about: null,
      fits: null,
      difference: null,
      causes: null,
      error: null,
    }),
    load: async () => (await import('./run.js')).runExplain,
  });
}
