import type { Command } from 'commander';
import { collect } from '../../runtime/options.js';
import type { Session } from '../../runtime/session.js';
import type { SignOptions } from './run.js';

const EXAMPLES = `
Parameters named sign and empty ones are left out, as the gateway does; the others are sorted and joined as
they are. The algorithm and the charset are those of the parameters sign_type and charset, else of
ALIPAY_SIGN_TYPE and ALIPAY_CHARSET, else RSA2 and utf-8.

Examples:
  $ zhimaper sign --private-key-file app-private-key.pem --param app_id=2021 --param method=alipay.any.method
  $ zhimaper sign --input parameters.json --json

With --json: {"stringToSign","signature","signType","charset"}
Exit status: 0, 2 for wrong input, 78 where the key is missing or not usable.`;

export function addSignCommand(parent: Command, session: Session): void {
  const command = parent
    .command('sign')
    .description('print the string to sign and the signature of given parameters')
    .option('--param <key=value>', 'one parameter; may be repeated, wins over --input', collect)
    .option('--input <file>', 'parameters as a JSON object of texts; - reads stdin')
    .option('--private-key-file <file>', 'the private key; default ALIPAY_APP_PRIVATE_KEY[_FILE]')
    .option('--sign-type <type>', 'RSA2 or RSA')
    .option('--charset <charset>', 'utf-8, gbk, gb2312 or gb18030')
    .addHelpText('after', EXAMPLES);
  session.attach<SignOptions>(command, {
    settings: [],
    emptyResult: () => ({ stringToSign: null, signature: null, signType: null, charset: null }),
    load: async () => (await import('./run.js')).runSign,
  });
}
