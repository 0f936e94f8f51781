import type { CheckedRow } from '../../input/rows/check-row.js';
import { readCheckedRows, type RowSource } from '../../input/rows/read-rows.js';
import type { CliContext } from '../../runtime/context.js';
import { startProgress } from '../../runtime/progress.js';
import { ContentKey } from './content-key.js';
import { changedFile, InvalidLines, noLines, tooManyLines } from './file-failures.js';
import { grouped } from './show.js';
import type { Tally } from './tally.js';

/** Stands for a line that is left out, so that the others keep their numbers; the api takes it for invalid. */
const LEFT_OUT = 'null';

const MOST_LINES = 1_000_000;

/** A file of lines to read, and the count that is kept of them. */
export interface FileLines {
  readonly context: CliContext;
  readonly source: RowSource;
  readonly tally: Tally;
  /** Whether lines that are not valid are left out; else they end the reading, once all are told. */
  readonly skipInvalid: boolean;
}

/** Checks a whole file; answers the key that follows from what would be sent. */
export async function checkFile(file: FileLines, apiKey: string): Promise<string> {
  const key = new ContentKey(apiKey);
  for await (const lines of linesOf(file, 'checked')) key.add(lines);
  return key.end();
}

/** Reads the lines to be sent and checks them on their way: where one is not valid, the last one is never sent. */
export async function* linesOf(
  { context, source, tally, skipInvalid }: FileLines,
  done: 'checked' | 'sent',
): AsyncGenerator<string[], void, undefined> {
  const progress = startProgress(context);
  try {
    for await (const rows of readCheckedRows(context, source)) {
      // A report stands on a line of its own.
      if (rows.some(isInvalid)) progress.end();
      await tally.add(rows);
      if (tally.lines > MOST_LINES) throw tooManyLines(source.file, MOST_LINES);
      // Behind the first one that is not valid the rest is only checked.
      if (skipInvalid || tally.invalid === 0) yield rows.map(lineOf);
      progress.update(() => `${grouped(tally.lines)} lines ${done}`);
    }
  } finally {
    progress.end();
  }
  if (tally.lines === 0) throw noLines(source.file);
  await tally.warn();
  if (tally.invalid > 0 && !skipInvalid) throw new InvalidLines(tally.check);
}

/** Reads the lines of a file that was checked; where they are others by now, the last one is never sent. */
export async function* linesAgain(
  { context, source, tally }: FileLines,
  { apiKey, expected }: { apiKey: string; expected: string },
): AsyncGenerator<string[], void, undefined> {
  const key = new ContentKey(apiKey);
  const progress = startProgress(context);
  let sent = 0;
  try {
    for await (const rows of readCheckedRows(context, source)) {
      const lines = rows.map(lineOf);
      key.add(lines);
      yield lines;
      sent += lines.length;
      progress.update(() => `${grouped(sent)} of ${grouped(tally.lines)} lines sent`);
    }
  } finally {
    progress.end();
  }
  if (key.end() !== expected) throw changedFile(source.file);
}

function isInvalid({ json }: CheckedRow): boolean {
  return json === null;
}

function lineOf({ json }: CheckedRow): string {
  return json ?? LEFT_OUT;
}
