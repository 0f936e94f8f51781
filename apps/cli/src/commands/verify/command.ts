import type { Command } from 'commander';
import type { Session } from '../../runtime/session.js';
import type { VerifyOptions } from './run.js';

const EXAMPLES = `
An answer or a notification is verified over its bytes as they came: save the body untouched.

Examples:
  $ zhimaper verify --response answer.json --method alipay.user.auth.zhimaper.inner.apply
  $ zhimaper verify --notification notification.txt
  $ zhimaper verify --content @content.txt --signature "$(cat signature.txt)" --json

With --json: {"verified","reason","detail","signType","charset"}; reason is null where verified is true.
Exit status: 0 verified, 1 not verified, 2 for wrong input, 78 where the key is missing or not usable.`;

export function addVerifyCommand(parent: Command, session: Session): void {
  const command = parent
    .command('verify')
    .description(
      "verify an answer or a notification of the gateway, or any signature, with Alipay's key",
    )
    .option('--response <file>', "the answer's body as it came; - reads stdin")
    .option('--notification <file>', "a notification's form as it came instead; - reads stdin")
    .option('--method <method>', 'the method that was called, with --response')
    .option(
      '--content <text|@file>',
      'signed content instead: a text, @FILE for its bytes, @- for stdin',
    )
    .option('--signature <base64>', 'the signature of --content')
    .option('--public-key-file <file>', "Alipay's public key; default ALIPAY_PUBLIC_KEY[_FILE]")
    .option('--sign-type <type>', 'RSA2 or RSA; default ALIPAY_SIGN_TYPE, else RSA2')
    .option(
      '--charset <charset>',
      'of the request or of --content; default ALIPAY_CHARSET, else utf-8',
    )
    .addHelpText('after', EXAMPLES);
  session.attach<VerifyOptions>(command, {
    settings: [],
    emptyResult: (outcome) => ({
      verified: null,
      reason: outcome,
      detail: null,
      signType: null,
      charset: null,
    }),
    load: async () => (await import('./run.js')).runVerify,
  });
}
