import { once } from 'node:events';
import { CsvError, parse, type Parser } from 'csv-parse';
import { CommandFailure } from '../../runtime/failure.js';
import { readHeading, type Column } from './columns.js';
import { applicationOfRecord } from './csv-value.js';
import { isUndecodable, LONGEST_ROW, WHOLE_ROW, type Row } from './row.js';

type CsvRecord = readonly string[];

/** Parts text into records of CSV (RFC 4180) below a heading. Throws where the file is none from some line on. */
export async function* readCsvRows(
  pieces: AsyncIterable<string>,
  utc: boolean,
): AsyncGenerator<Row[], void, undefined> {
  let columns: readonly Column[] | null = null;
  let number = 0;
  let line = 0;
  for await (const records of recordsOf(pieces)) {
    const rows: Row[] = [];
    for (const record of records) {
      line += 1 + lineEndsIn(record);
      if (record.length === 1 && record[0] === '') continue;
      if (columns === null) {
        columns = readHeading(record);
        continue;
      }
      number += 1;
      rows.push({ number, line, ...valueOf(columns, record, utc) });
    }
    yield rows;
  }
}

/** The records of each piece, so that not every one of them is waited for. */
async function* recordsOf(
  pieces: AsyncIterable<string>,
): AsyncGenerator<CsvRecord[], void, undefined> {
  const parser = parse({ max_record_size: LONGEST_ROW, relax_column_count: true });
  let records: CsvRecord[] = [];
  parser.on('data', (record: CsvRecord) => records.push(record));
  // Each write learns of its own failure, and the end of that of the last one.
  parser.on('error', () => undefined);
  try {
    for await (const piece of pieces) {
      await write(parser, piece);
      yield records;
      records = [];
    }
    const ended = once(parser, 'end');
    parser.end();
    await ended;
    yield records;
  } catch (error) {
    throw error instanceof CsvError ? noCsv(error) : error;
  }
}

function write(parser: Parser, piece: string): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(piece, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

function valueOf(
  columns: readonly Column[],
  record: CsvRecord,
  utc: boolean,
): Pick<Row, 'value' | 'unreadable'> {
  const undecodable = record.findIndex(isUndecodable);
  if (undecodable >= 0) {
    const field = columns[undecodable] ?? WHOLE_ROW;
    return { value: null, unreadable: { field, code: 'UNDECODABLE_CHARACTER' } };
  }
  // Spreadsheets leave empty fields behind the last column.
  if (record.length < columns.length || record.slice(columns.length).some((field) => field)) {
    return { value: null, unreadable: { field: WHOLE_ROW, code: 'COLUMN_COUNT' } };
  }
  return { value: applicationOfRecord(columns, record, utc) };
}

/** A quoted field may hold several lines. */
function lineEndsIn(record: CsvRecord): number {
  return record.reduce(
    (ends, field) => (field.includes('\n') ? ends + field.split('\n').length - 1 : ends),
    0,
  );
}

/** The parser's own message may quote the file. */
function noCsv(error: CsvError): CommandFailure {
  const { lines } = error as { lines?: unknown };
  const where = typeof lines === 'number' ? ` from line ${lines} on` : '';
  return new CommandFailure('invalid-input', `The file is not CSV${where} (${error.code}).`, {
    nextStep: 'See whether a quotation mark is missing or one too many; nothing was applied.',
  });
}
