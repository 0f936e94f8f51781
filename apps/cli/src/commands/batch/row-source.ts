import { extname } from 'node:path';
import { ENCODINGS } from '../../input/rows/decode-text.js';
import type { RowSource } from '../../input/rows/read-rows.js';
import { ROW_FORMATS, type RowFormat } from '../../input/rows/row.js';
import { nameOf } from '../../input/source.js';
import { CommandFailure } from '../../runtime/failure.js';

export interface SourceOptions {
  format?: RowFormat;
  encoding?: keyof typeof ENCODINGS;
  utc?: boolean;
}

const FORMAT_BY_EXTENSION: Readonly<Record<string, RowFormat>> = {
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

/** Says how a file is to be read: as the options say, else as its name does. */
export function rowSourceOf(
  file: string,
  { format, encoding, utc = false }: SourceOptions,
): RowSource {
  const known = format ?? FORMAT_BY_EXTENSION[extname(file).toLowerCase()];
  if (known) {
    return { file, format: known, encoding: encoding ? ENCODINGS[encoding] : null, utc };
  }
  throw new CommandFailure(
    'invalid-usage',
    `${nameOf(file)} does not say in its name what it is.`,
    {
      nextStep: `Add --format ${ROW_FORMATS.join(' or --format ')}.`,
    },
  );
}
