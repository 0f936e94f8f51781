import type { Answer, ApiClient, BatchItem } from '@zhimaper/api-client';
import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import { printPages, type PageOptions } from '../../api/print-pages.js';
import { refuseExisting } from '../../files/write-safely.js';
import type { RowFormat } from '../../input/rows/row.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { exportItems, type ExportOptions } from './export-items.js';
import { itemColumns, itemMembers } from './show-item.js';

export interface ResultsOptions extends PageOptions, ExportOptions {
  format?: RowFormat;
}

/** Tells what became of each line: as a list page by page, or with `--format` all at once. */
export async function runResults(run: CommandRun<ResultsOptions>): Promise<CommandOutcome> {
  const { context, options, operands } = run;
  const format = formatOf(run);
  const [id = ''] = operands;
  if (format === null) {
    await printItems(run, await connectToApi(context), id);
    return 'success';
  }
  if (options.output !== undefined && options.force !== true) await refuseExisting(options.output);
  await exportItems(run, await connectToApi(context), id, format);
  return 'success';
}

async function printItems(
  { context, output, options }: CommandRun<ResultsOptions>,
  api: ApiClient,
  id: string,
): Promise<void> {
  const filters = options.status === undefined ? {} : { status: options.status };
  await printPages<BatchItem>(
    output,
    {
      json: (item) => ({ ...itemMembers(item), error: null }),
      columns: itemColumns,
      empty: 'No line matches.',
    },
    options,
    async (page) => {
      const answer = await ask(
        api.GET('/v1/batches/{id}/items', {
          params: { path: { id }, query: { ...filters, ...page } },
          signal: context.signal,
        }),
      );
      // The route's other forms come only where they are asked for.
      return answer as Answer<Exclude<typeof answer.data, string>>;
    },
  );
}

/** Null for a list. */
function formatOf({ output, options }: CommandRun<ResultsOptions>): RowFormat | null {
  const { format, output: file, all, limit, bom } = options;
  const wanted =
    format ?? (file === undefined ? null : /\.(jsonl|ndjson)$/i.test(file) ? 'jsonl' : 'csv');
  const wrong =
    wanted === null
      ? bom === true && '--bom needs --format csv.'
      : (output.json && '--json prints a list; --format or --output has a form of its own.') ||
        ((all === true || limit !== undefined) &&
          'A file has every line: leave --all and --limit out.') ||
        (wanted !== 'csv' && bom === true && '--bom is for CSV alone.');
  if (!wrong) return wanted;
  throw new CommandFailure('invalid-usage', wrong, {
    nextStep: 'Say either how the list goes on, or what the file is.',
  });
}
