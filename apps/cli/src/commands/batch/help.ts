import { API_HELP, ERROR_HELP } from '../../api/help.js';
import { jsonShape } from '../../runtime/help-text.js';
import type { Change } from './change.js';

const ID = '0193579b-df00-7000-8000-000000000003';

const MEMBERS = [
  ...['id', 'status', 'pauseReason', 'lineCount', 'counts', 'retryAt', 'createdAt', 'updatedAt'],
  ...['receivedAt', 'endedAt', 'error'],
];

const ITEM_MEMBERS = [
  ...['number', 'status', 'reference', 'authorizationId', 'code', 'issues', 'gateway', 'endedAt'],
  'error',
];

const FOLLOWED = `Followed to its end it exits as the worst of its lines: 0 all authorized, 1 rejected, 2 not valid, 3 unknown,
5 refused, abandoned, erased or cancelled; a line that failed by its class (69, 75, 78). A batch that is paused
exits with 75, or 78 where it paused itself because Alipay refuses every line.`;

export const SUBMIT_HELP = `
CSV has a heading, in any order: certType,certNo,name,mobile,linkedMerchantId,reference,consentReference,
consentTextVersion,consentGrantedAt,confirmReapplication, or 证件类型,证件号码,姓名,手机号,二级商户号,业务编号,
授权编号,授权文本版本,授权时间,确认重复申请; the two may be mixed. JSONL has on each line what authorizations
apply takes. UTF-8 and GBK are told apart by the bytes. Times without a zone are local ones (UTC with --utc).

A file is checked as a whole before anything is sent: each line that is not valid is told by its number in the file,
field and code, never with a value, and then nothing is sent. --skip-invalid leaves such lines out; they keep their
number and end as invalid. What can be read only once (-, a pipe) is checked on its way and needs
--idempotency-key; where a line is not valid, the batch does not begin.

The idempotency key follows from the lines and the API key: the same command again goes on where a first one was cut
off, applies for nobody twice, and follows the same batch. Ctrl-C while it is followed leaves the batch going on
(exit status 130).
${FOLLOWED}

Examples:
  $ zhimaper batch submit people.csv
  $ zhimaper batch submit people.csv --dry-run --json
  $ age --decrypt people.jsonl.age | zhimaper batch submit - --format jsonl --idempotency-key crm-2026-11 --json
  $ zhimaper batch submit people.csv --detach

${jsonShape('With --json', ['outcome', 'idempotencyKey', 'replayed', 'check', ...MEMBERS])}
"check" is {"lines","invalid","issues","warnings"}, the latter two lists of {"field","code","lines"}.
${ERROR_HELP}
${API_HELP}`;

export const STATUS_HELP = `
${FOLLOWED}
Ctrl-C leaves the batch going on (exit status 130).

Examples:
  $ zhimaper batch status ${ID}
  $ zhimaper batch status ${ID} --follow --json

${jsonShape('With --json', ['outcome', ...MEMBERS])}
${ERROR_HELP}
${API_HELP}`;

export const LIST_HELP = `
Examples:
  $ zhimaper batch list --status running
  $ zhimaper batch list --all --json

${jsonShape('With --json each is one line', MEMBERS)}
${ERROR_HELP}
${API_HELP}`;

export const RESULTS_HELP = `
A list page by page, or with --format or --output every line from --cursor on, at once. CSV is safe to open in a
spreadsheet: a field that would be a formula begins with an apostrophe. --output says by its name what it is.

Examples:
  $ zhimaper batch results ${ID} --status rejected
  $ zhimaper batch results ${ID} --output results.csv --bom
  $ zhimaper batch results ${ID} --status unknown --format jsonl \\
      | jq -r .authorizationId
  $ zhimaper batch results ${ID} --all --json

${jsonShape('With --json each is one line', ITEM_MEMBERS)}
${ERROR_HELP}
${API_HELP}`;

const CHANGED: Readonly<Record<Change, string>> = {
  pause: `Lines under way end as they would; it goes on with zhimaper batch resume.`,
  resume: `Also a batch that paused itself because Alipay refused every line, once that is mended.`,
  cancel: `It cannot be undone: the data of the lines that wait is destroyed.`,
};

export const CHANGE_HELPS: Readonly<Record<Change, string>> = {
  pause: changeHelp('pause'),
  resume: changeHelp('resume'),
  cancel: changeHelp('cancel'),
};

function changeHelp(change: Change): string {
  return `
${CHANGED[change]}
Said again it changes nothing; a batch that has ended otherwise exits with 5.

Example:
  $ zhimaper batch ${change} ${ID}

${jsonShape('With --json', ['outcome', ...MEMBERS])}
${ERROR_HELP}
${API_HELP}`;
}
