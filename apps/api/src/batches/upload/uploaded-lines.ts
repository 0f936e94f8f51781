import { ProblemError } from '../../errors/problem-error.js';
import type { CsvColumn } from './csv-columns.js';
import { LineSplitter, type RawLine } from './line-splitter.js';
import { readCsvHeader, readCsvLines } from './read-csv.js';
import { readJsonLines, type ReadLine } from './read-lines.js';
import type { UploadFormat } from './upload-formats.js';

/** Few enough that reading and checking them keeps nobody waiting. */
const LINES_AT_ONCE = 100;

/** The lines of an upload in their order, some at a time. Throws `ProblemError` where a CSV file has no valid header. */
export async function* uploadedLines(
  bytes: AsyncIterable<Buffer>,
  format: UploadFormat,
): AsyncGenerator<ReadLine[], void> {
  let columns: CsvColumn[] | undefined;
  for await (const lines of rawLines(bytes, format)) {
    if (format === 'jsonl') {
      yield readJsonLines(lines);
      continue;
    }
    const [header] = columns ? [] : lines.splice(0, 1);
    if (header) columns = readCsvHeader(header);
    if (columns && lines.length > 0) yield readCsvLines(columns, lines);
  }
  if (format === 'csv' && !columns) throw emptyUpload();
}

/** What is answered where there are no lines at all. */
export function emptyUpload(): ProblemError {
  return new ProblemError('invalid-request', {
    members: { issues: [{ field: 'body', code: 'NO_LINES', message: 'has no lines' }] },
  });
}

async function* rawLines(
  bytes: AsyncIterable<Buffer>,
  format: UploadFormat,
): AsyncGenerator<RawLine[], void> {
  const splitter = new LineSplitter({ quotes: format === 'csv' });
  for await (const chunk of bytes) yield* inGroups(splitter.push(chunk));
  yield* inGroups(splitter.end());
}

function* inGroups(lines: RawLine[]): Generator<RawLine[]> {
  for (let at = 0; at < lines.length; at += LINES_AT_ONCE) {
    yield lines.slice(at, at + LINES_AT_ONCE);
  }
}
