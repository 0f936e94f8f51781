import { API_HELP, ERROR_HELP } from '../../api/help.js';
import { jsonShape } from '../../runtime/help-text.js';

const MEMBERS = [
  ...[
    'id',
    'status',
    'reference',
    'tokenType',
    'subject',
    'linkedMerchantId',
    'consent',
    'gateway',
  ],
  ...['warnings', 'resolution', 'reauthorizationRequired', 'reauthorizationReason', 'createdAt'],
  ...['updatedAt', 'error'],
];

export const APPLY_HELP = `
Personal data is best given with --input, as JSON:
  {"certNo":"330701199901011311","name":"张三","mobile":"13588111111","reference":"crm-4711",
   "consent":{"reference":"c-1","textVersion":"2026-01","grantedAt":"2026-11-24T08:00:00Z"}}
Also linkedMerchantId and confirmReapplication; options win. On a terminal what is missing is asked for.

Without --idempotency-key the key follows from person, consent, reference and API key, and is told before
anything is sent. Calling again with the same input therefore continues the first try and sends no second SMS;
a new consent makes a new application.

Examples:
  $ zhimaper authorizations apply --input application.json
  $ age --decrypt person.json.age | zhimaper authorizations apply --input - \\
      --consent-reference c-1 --consent-text-version 2026-01 --consent-granted-at 2026-11-24T08:00:00Z --json

${jsonShape('With --json', ['outcome', 'idempotencyKey', 'replayed', ...MEMBERS])}
${ERROR_HELP}
${API_HELP}`;

export const LIST_HELP = `
Examples:
  $ zhimaper authorizations list --status unknown
  $ zhimaper authorizations list --all --json | jq -r 'select(.reauthorizationRequired) | .id'

${jsonShape('With --json each is one line', MEMBERS)}
${ERROR_HELP}
${API_HELP}`;

export const GET_HELP = `
With --watch it waits until the application is settled and ends with the application's own exit status: 0
authorized, 1 rejected, 3 unknown, 5 abandoned, 75 still pending when time is up.

Examples:
  $ zhimaper authorizations get 0193579b-df00-7000-8000-000000000001
  $ zhimaper authorizations get 0193579b-df00-7000-8000-000000000001 --watch --timeout 60

${jsonShape('With --json', ['outcome', ...MEMBERS])}
${ERROR_HELP}
${API_HELP}`;

export const TOKEN_HELP = `
The token goes to stdout alone. On a terminal it is asked first; in a pipe there is a warning. The api records who
revealed it.

Example:
  $ zhimaper authorizations token 0193579b-df00-7000-8000-000000000001 --yes > token

With --json: {"outcome","accessToken","tokenType","obtainedAt","error"}
${ERROR_HELP}
${API_HELP}`;

export const REFRESH_HELP = `
It kills the old access token at once. Repeated within a moment it answers the same and calls Alipay once.

Example:
  $ zhimaper authorizations refresh 0193579b-df00-7000-8000-000000000001

${jsonShape('With --json', ['outcome', 'replayed', ...MEMBERS])}
${ERROR_HELP}
${API_HELP}`;

export const RESOLVE_HELP = `
rejected: Alipay did not grant it. abandoned: it may be granted, but nobody waits for it. adopted: take the tokens
of an answer that could not be verified.

Example:
  $ zhimaper authorizations resolve 0193579b-df00-7000-8000-000000000001 --outcome rejected \\
      --note 'Alipay has no record of it; ticket 4711.'

${jsonShape('With --json', ['outcome', ...MEMBERS])}
${ERROR_HELP}
${API_HELP}`;

export const ERASE_HELP = `
It cannot be undone: at a terminal the word erase has to be typed, elsewhere --yes is needed.

Examples:
  $ zhimaper authorizations erase 0193579b-df00-7000-8000-000000000001
  $ zhimaper authorizations erase --person
  $ age --decrypt cert-no.age | zhimaper authorizations erase --person --input - --yes

With --json: {"outcome","id","erased","lines","inFlight","error"}; "lines" are those of batches that had not begun,
"inFlight" those under way, which have to end first (exit status 5).
${ERROR_HELP}
${API_HELP}`;
