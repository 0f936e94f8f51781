import { parse } from 'csv-parse/sync';
import type { InputIssue } from '@zhimaper/alipay-core';
import { ProblemError } from '../../errors/problem-error.js';
import { CSV_COLUMNS, type CsvColumn } from './csv-columns.js';
import type { RawLine } from './line-splitter.js';
import { faultOf, type ReadLine } from './read-lines.js';

type Row = string[];

/** Without these no line could be valid. */
const NEEDED: readonly CsvColumn[] = [
  'certType',
  'certNo',
  'name',
  'mobile',
  'consentReference',
  'consentTextVersion',
  'consentGrantedAt',
];

/**
 * Reads the header of a CSV file. Throws `ProblemError` with every fault; none of them quotes the header, which is a
 * person's data where it was left out.
 */
export function readCsvHeader(line: RawLine): CsvColumn[] {
  const [row] = faultOf(line) === null ? readRows([line.bytes]) : [];
  if (!row) throw invalidHeader([{ code: 'NOT_CSV', message: 'cannot be read' }]);
  const names = row.map((name) => name.trim());
  const known = names.map((name) => CSV_COLUMNS.find((column) => column === name));
  const faults = known.flatMap((column, at) => {
    if (column === undefined) {
      return [{ code: 'UNKNOWN_COLUMN', message: `column ${at + 1} is not known` }];
    }
    const twice = known.indexOf(column) !== at;
    return twice ? [{ code: 'REPEATED_COLUMN', message: `${column} stands there twice` }] : [];
  });
  const missing = NEEDED.filter((column) => !known.includes(column)).map((column) => ({
    code: 'MISSING_COLUMN',
    message: `${column} is missing`,
  }));
  if (faults.length + missing.length > 0) throw invalidHeader([...faults, ...missing]);
  return known.filter((column) => column !== undefined);
}

/** Reads lines of CSV as bodies of `POST /v1/authorizations`. */
export function readCsvLines(columns: readonly CsvColumn[], lines: readonly RawLine[]): ReadLine[] {
  const sound = lines.filter((line) => faultOf(line) === null);
  const rows = new Map(
    readRows(sound.map(({ bytes }) => bytes)).map((row, at) => [sound[at], row]),
  );
  return lines.map((line) => {
    const { bytes } = line;
    const fault = faultOf(line);
    if (fault !== null) return { bytes, fault };
    const row = rows.get(line);
    if (!row) return { bytes, fault: 'NOT_CSV' };
    if (row.length !== columns.length) return { bytes, fault: 'COLUMN_COUNT' };
    return { bytes, value: toBody(new Map(columns.map((column, at) => [column, row[at]]))) };
  });
}

/** The fields of lines; null for one that is malformed. All at once, since each call of the parser costs much. */
function readRows(lines: readonly Buffer[]): (Row | null)[] {
  const rows = parseRows(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])));
  if (rows?.length === lines.length) return rows;
  return lines.map((line) => parseRows(line)?.[0] ?? null);
}

function parseRows(text: Buffer): Row[] | null {
  try {
    return parse(text, { record_delimiter: ['\n'], relax_column_count: true });
  } catch {
    return null;
  }
}

/** An empty field is left out; what is not as it should be is left to the schema to refuse. */
function toBody(row: ReadonlyMap<CsvColumn, string | undefined>): object {
  const text = (column: CsvColumn) => row.get(column) || undefined;
  const confirm = text('confirmReapplication');
  return withoutUndefined({
    certType: text('certType'),
    certNo: text('certNo'),
    name: text('name'),
    mobile: text('mobile'),
    linkedMerchantId: text('linkedMerchantId'),
    reference: text('reference'),
    consent: withoutUndefined({
      reference: text('consentReference'),
      textVersion: text('consentTextVersion'),
      grantedAt: text('consentGrantedAt'),
    }),
    confirmReapplication: confirm === 'true' ? true : confirm === 'false' ? false : confirm,
  });
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}

function invalidHeader(faults: readonly Omit<InputIssue, 'field'>[]): ProblemError {
  return new ProblemError('invalid-request', {
    detail: 'Correct the header of the CSV file; nothing was done.',
    members: { issues: faults.map((fault) => ({ field: 'header', ...fault })) },
  });
}
