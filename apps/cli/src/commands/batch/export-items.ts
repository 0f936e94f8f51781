import type { ApiClient, BatchItem } from '@zhimaper/api-client';
import { writeSafely } from '../../files/write-safely.js';
import type { RowFormat } from '../../input/rows/row.js';
import type { CommandRun } from '../../runtime/session.js';
import { streamItems } from './items.js';

const BYTE_ORDER_MARK = '\uFEFF';
const MEDIA_TYPES = { csv: 'text/csv', jsonl: 'application/jsonl' } as const;

export interface ExportOptions {
  status?: BatchItem['status'];
  cursor?: string;
  output?: string;
  force?: boolean;
  bom?: boolean;
}

/** Writes every line from the cursor on, as they come: to stdout, or to a file as a whole or not at all. */
export async function exportItems(
  { context, output, options }: CommandRun<ExportOptions>,
  api: ApiClient,
  id: string,
  format: RowFormat,
): Promise<void> {
  const { status, cursor, bom = false, output: file, force = false } = options;
  const pieces = streamItems(context, api, id, {
    ...(status === undefined ? {} : { status }),
    ...(cursor === undefined ? {} : { cursor }),
    accept: MEDIA_TYPES[format],
  });
  const text = bom ? marked(pieces) : pieces;
  if (file === undefined) {
    for await (const piece of text) await output.text(piece);
  } else {
    await writeSafely(file, text, { force });
    await output.note(`Written to ${file}.`);
  }
}

/** Spreadsheets take a file without the mark for one in the machine's own charset. */
async function* marked(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let isFirst = true;
  for await (const piece of pieces) {
    yield isFirst ? BYTE_ORDER_MARK + piece : piece;
    isFirst = false;
  }
}
