import type { Command } from 'commander';
import { GATEWAY_SETTINGS } from '../../config/settings.js';
import { collect } from '../../runtime/options.js';
import type { EmptyResult, Session } from '../../runtime/session.js';
import type { ApplyOptions } from './apply.js';
import type { CallOptions } from './call.js';

const ENVIRONMENT = `
Environment: ALIPAY_APP_ID, ALIPAY_APP_PRIVATE_KEY[_FILE], ALIPAY_PUBLIC_KEY[_FILE]; ALIPAY_GATEWAY_URL
(default production), ALIPAY_SIGN_TYPE (RSA2), ALIPAY_CHARSET (utf-8), ALIPAY_TIMEOUT_MS (15000),
ALIPAY_APP_AUTH_TOKEN, ALIPAY_ENCRYPT_KEY[_FILE] (AES, base64: with it every business content is encrypted).
Certificate mode, in the place of ALIPAY_PUBLIC_KEY: ALIPAY_APP_CERT_FILE, ALIPAY_CERT_FILE, ALIPAY_ROOT_CERT_FILE.`;

const STATUSES = `
Exit status: 0 success; 1 Alipay refuses the person, the input or a token; 2 wrong usage, or input refused
before sending; 3 outcome unknown: never repeat by itself, the authorisation may exist; 69 not sent;
75 rate-limited; 78 configuration or permission; 130 interrupted before anything was sent.`;

const APPLY_HELP = `
Personal data is best given with --input, as JSON:
  {"certType":"IDENTITY_CARD","certNo":"330701199901011311","name":"张三","mobile":"13588111111",
   "linkedMerchantId":"2088721630869411"}
certType and linkedMerchantId may be left out; options win over --input. On a terminal what is missing is
asked for.

Examples:
  $ zhimaper gateway apply --input person.json
  $ zhimaper gateway apply --input person.json --dry-run
  $ age --decrypt person.json.age | zhimaper gateway apply --input - --json

With --json: {"outcome","accessToken","refreshToken","authTokenType","code","subCode","traceId"}; input
refused before sending has the outcome "invalid-input" and the first fault's code as subCode.
With --dry-run --json: {"stringToSign","byteLength","charset","signType","signature","url","headers","body",
"masked","bytesHex"}; the signature is always the real request's, bytesHex is null without --hex.
${ENVIRONMENT}
${STATUSES}`;

const CALL_HELP = `
Tokens and personal data in the answer are masked unless --reveal is given. Nothing is repeated by itself.
Parameters may include app_auth_token and auth_token; secret ones are best given with --input, as JSON:
  {"grant_type":"refresh_token","refresh_token":"20120823ac6ffdsdf2d84e7384bf983531473993"}

Examples:
  $ zhimaper gateway call alipay.system.oauth.token --input parameters.json --reveal
  $ zhimaper gateway call alipay.trade.query --biz-content '{"out_trade_no":"4711"}' --json
  $ zhimaper gateway call alipay.trade.query --biz-content @request.json

With --json: {"outcome","code","msg","subCode","subMsg","traceId","verified","reason","data"}
${ENVIRONMENT}
${STATUSES}`;

const EMPTY_APPLY_RESULT: EmptyResult = (outcome, subCode) => ({
  outcome,
  accessToken: null,
  refreshToken: null,
  authTokenType: null,
  code: null,
  subCode,
  traceId: null,
});

const EMPTY_CALL_RESULT: EmptyResult = (outcome, subCode) => ({
  outcome,
  code: null,
  msg: null,
  subCode,
  subMsg: null,
  traceId: null,
  verified: null,
  reason: null,
  data: null,
});

export function addGatewayCommands(parent: Command, session: Session): void {
  const gateway = parent
    .command('gateway')
    .description("straight to Alipay's gateway, storing nothing")
    .addHelpText('after', '\nExample:\n  $ zhimaper gateway apply --dry-run --input person.json');
  addApply(gateway, session);
  addCall(gateway, session);
}

function addApply(parent: Command, session: Session): void {
  const command = parent
    .command('apply')
    .description("apply for a person's Zhima authorisation; the person gets an SMS")
    .option('--name <name>', "the person's name")
    .option('--cert-no <number>', 'the ID number')
    .option('--mobile <number>', 'the mobile number that gets the SMS')
    .option('--cert-type <type>', 'the kind of document (default: IDENTITY_CARD)')
    .option('--linked-merchant-id <id>', 'second-level merchant, for service providers only')
    .option('--input <file>', 'the person as JSON; - reads stdin')
    .option('--strict', 'refuse what is merely unlikely, such as a wrong check digit')
    .option('--allow-long-name', 'send a name of more than 16 characters')
    .option('--dry-run', 'show the request and send nothing; needs no key')
    .option('--reveal', 'show personal data in the dry run')
    .option('--hex', 'show the bytes to sign in the dry run')
    .addHelpText('after', APPLY_HELP);
  session.attach<ApplyOptions>(command, {
    settings: GATEWAY_SETTINGS,
    emptyResult: EMPTY_APPLY_RESULT,
    load: async () => (await import('./apply.js')).runApply,
  });
}

function addCall(parent: Command, session: Session): void {
  const command = parent
    .command('call')
    .description('call any method of the gateway')
    .argument('<method>', "the interface's name, such as alipay.system.oauth.token")
    .option('--biz-content <json|@file>', 'business parameters as a JSON object; @- reads stdin')
    .option(
      '--param <key=value>',
      'a further parameter; may be repeated, wins over --input',
      collect,
    )
    .option('--input <file>', 'further parameters as a JSON object of texts; - reads stdin')
    .option('--reveal', 'show tokens and personal data of the answer')
    .addHelpText('after', CALL_HELP);
  session.attach<CallOptions>(command, {
    settings: GATEWAY_SETTINGS,
    emptyResult: EMPTY_CALL_RESULT,
    load: async () => (await import('./call.js')).runCall,
  });
}
