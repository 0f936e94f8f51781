import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal, Readable } from 'node:stream';
import type { CliContext } from '../../runtime/context.js';
import { Interrupted } from '../../runtime/failure.js';
import { nameOf, unreadable } from '../source.js';
import { checkRow, type CheckedRow } from './check-row.js';
import { readCsvRows } from './csv-rows.js';
import { decodeText, type TextEncoding } from './decode-text.js';
import { readJsonlRows } from './jsonl-rows.js';
import type { RowFormat } from './row.js';

/** Smaller than a stream's own pieces: what is alive at once stays so little that it never gets old. */
const PIECE_BYTES = 8 * 1024;

/** A file of rows and how to read it. */
export interface RowSource {
  /** A path, or `-` for stdin. */
  readonly file: string;
  readonly format: RowFormat;
  /** Null where it is to be told by the bytes. */
  readonly encoding: TextEncoding | null;
  /** Whether times without a zone are UTC and not local. */
  readonly utc: boolean;
}

/** Reads and checks the rows of a file, those of one piece of it after the other. */
export async function* readCheckedRows(
  context: CliContext,
  { file, format, encoding, utc }: RowSource,
): AsyncGenerator<CheckedRow[], void, undefined> {
  const text = decodeText(bytesOf(context, file), encoding);
  const pieces = format === 'csv' ? readCsvRows(text, utc) : readJsonlRows(text);
  for await (const rows of pieces) yield rows.map((row) => checkRow(row, utc));
}

/** Whether a file gives the same again when it is read once more, which a pipe does not. */
export async function isRereadable(file: string): Promise<boolean> {
  if (file === '-') return false;
  const found = await stat(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (found.isDirectory()) throw unreadable(file, { code: 'EISDIR' });
  return found.isFile();
}

async function* bytesOf(
  { stdin, signal }: CliContext,
  file: string,
): AsyncGenerator<Uint8Array | string, void, undefined> {
  const source =
    file === '-' ? readable(stdin) : createReadStream(file, { highWaterMark: PIECE_BYTES });
  try {
    yield* addAbortSignal(signal, source);
  } catch (cause) {
    if (signal.aborted) throw new Interrupted(`Interrupted while reading ${nameOf(file)}.`);
    throw unreadable(file, cause);
  }
}

function readable(stream: NodeJS.ReadableStream): Readable {
  return stream instanceof Readable ? stream : new Readable().wrap(stream);
}
