import { CommandFailure } from '../../runtime/failure.js';
import { nearMatches } from '../../runtime/near-matches.js';

/** A file's columns by what they hold, with the names that a heading may have in place of that of the api. */
const COLUMNS = {
  certType: ['证件类型', '证件类别'],
  certNo: ['证件号码', '证件号', '身份证号码', '身份证号', '身份证'],
  name: ['姓名', '名字', '真实姓名'],
  mobile: ['手机号', '手机号码', '手机', '移动电话', '联系电话'],
  linkedMerchantId: ['二级商户号', '二级商户标识', '商户号'],
  reference: ['业务编号', '业务号', '业务流水号'],
  consentReference: ['授权编号', '授权号', '授权书编号'],
  consentTextVersion: ['授权文本版本', '授权书版本', '授权版本'],
  consentGrantedAt: ['授权时间', '授权日期', '同意时间'],
  confirmReapplication: ['确认重复申请', '重复申请'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Column = keyof typeof COLUMNS;

const NAMES = Object.keys(COLUMNS) as Column[];

/** Without these no row can be valid. */
const REQUIRED: readonly Column[] = [
  ...(['certNo', 'name', 'mobile'] as const),
  ...(['consentReference', 'consentTextVersion', 'consentGrantedAt'] as const),
];

const COLUMN_BY_HEADING: ReadonlyMap<string, Column> = new Map(
  NAMES.flatMap((name) => [name, ...COLUMNS[name]].map((heading) => [plain(heading), name])),
);

/** Reads a heading, in English (`certNo`, `cert_no`), Chinese or both. Throws what is wrong with it, all at once. */
export function readHeading(headings: readonly string[]): Column[] {
  const columns = headings.map((heading) => COLUMN_BY_HEADING.get(plain(heading)) ?? null);
  const faults = columns.flatMap((column, place) => {
    if (column === null) return [`column ${place + 1} is not known${meant(headings[place] ?? '')}`];
    return columns.indexOf(column) < place ? [`column ${place + 1} is ${column} once more`] : [];
  });
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  if (missing.length > 0) faults.push(`missing: ${missing.join(', ')}`);
  if (faults.length === 0) return columns.filter((column) => column !== null);
  // What stands there may be a person's data, where the file has no heading.
  throw new CommandFailure(
    'invalid-input',
    "The file's first line is not the heading of a batch.",
    {
      details: faults,
      nextStep: `Head the columns ${NAMES.join(',')} or in Chinese (see --help); nothing was sent.`,
    },
  );
}

function meant(heading: string): string {
  const [near] = nearMatches(heading, NAMES);
  return near === undefined ? '' : `; perhaps ${near} is meant`;
}

function plain(heading: string): string {
  return heading.toLowerCase().replaceAll(/[\s_-]/g, '');
}
