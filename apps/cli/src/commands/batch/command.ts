import { LINE_STATUSES, BATCH_STATUSES } from '@zhimaper/api-client';
import { Option, type Command } from 'commander';
import { addListOptions } from '../../api/list-options.js';
import { API_SETTINGS } from '../../config/settings.js';
import { ENCODINGS } from '../../input/rows/decode-text.js';
import { ROW_FORMATS } from '../../input/rows/row.js';
import type { CommandDefinition, Session } from '../../runtime/session.js';
import type { Change } from './change.js';
import { noBatch, noItem, noListedBatch, noSubmittedBatch } from './empty-result.js';
import { CHANGE_HELPS, LIST_HELP, RESULTS_HELP, STATUS_HELP, SUBMIT_HELP } from './help.js';
import type { ListOptions } from './list.js';
import type { ResultsOptions } from './results.js';
import type { StatusOptions } from './status.js';
import type { SubmitOptions } from './submit.js';

const CHANGES: Readonly<Record<Change, string>> = {
  pause: 'let no further line begin; lines under way end as they would',
  resume: 'let a paused batch go on',
  cancel: 'end a batch; the data of the lines that wait is destroyed',
};

export function addBatchCommands(parent: Command, session: Session): void {
  const batch = parent
    .command('batch')
    .description('many applications at once, out of a file')
    .addHelpText('after', '\nExample:\n  $ zhimaper batch list --status running');
  const attach = <Options extends object>(
    command: Command,
    definition: Pick<CommandDefinition<Options>, 'emptyResult' | 'load'>,
  ) => {
    session.attach<Options>(command, { ...definition, settings: API_SETTINGS, showsTimes: true });
  };

  attach<SubmitOptions>(submitCommand(batch), {
    emptyResult: noSubmittedBatch,
    load: async () => (await import('./submit.js')).runSubmit,
  });
  attach<StatusOptions>(statusCommand(batch), {
    emptyResult: noBatch,
    load: async () => (await import('./status.js')).runStatus,
  });
  attach<ListOptions>(listCommand(batch), {
    emptyResult: noListedBatch,
    load: async () => (await import('./list.js')).runList,
  });
  attach<ResultsOptions>(resultsCommand(batch), {
    emptyResult: noItem,
    load: async () => (await import('./results.js')).runResults,
  });
  for (const change of ['pause', 'resume', 'cancel'] as const) {
    const command = batch
      .command(change)
      .description(CHANGES[change])
      .argument('<id>', "the batch's id")
      .addHelpText('after', CHANGE_HELPS[change]);
    attach<object>(command, {
      emptyResult: noBatch,
      load: async () => {
        const { runChange } = await import('./change.js');
        return (run) => runChange(run, change);
      },
    });
  }
}

function submitCommand(parent: Command): Command {
  return parent
    .command('submit')
    .description('check a file of applications, send it, and follow how it gets on')
    .argument('<file>', 'CSV or JSONL; - reads stdin')
    .addOption(
      new Option('--format <format>', 'what the file is (default: by its name)').choices(
        ROW_FORMATS,
      ),
    )
    .addOption(
      new Option('--encoding <encoding>', 'how it is written (default: told by the bytes)').choices(
        Object.keys(ENCODINGS),
      ),
    )
    .option('--dry-run', 'check the file and send nothing')
    .option('--skip-invalid', 'leave lines out that are not valid')
    .option('--idempotency-key <key>', 'under which a second try continues this one')
    .option('--detach', 'do not follow it')
    .addHelpText('after', SUBMIT_HELP);
}

function statusCommand(parent: Command): Command {
  return parent
    .command('status')
    .description('how far a batch is')
    .argument('<id>', "the batch's id")
    .option('--follow', 'until it has ended; exits as the worst of its lines did')
    .addHelpText('after', STATUS_HELP);
}

function listCommand(parent: Command): Command {
  const command = parent
    .command('list')
    .description('batches, the newest first')
    .addOption(
      new Option('--status <status>', 'only those of this status').choices(BATCH_STATUSES),
    );
  return addListOptions(command).addHelpText('after', LIST_HELP);
}

function resultsCommand(parent: Command): Command {
  const command = parent
    .command('results')
    .description('what became of each line of a batch')
    .argument('<id>', "the batch's id")
    .addOption(new Option('--status <status>', 'only lines of this status').choices(LINE_STATUSES))
    .addOption(new Option('--format <format>', 'every line, as CSV or JSONL').choices(ROW_FORMATS))
    .option('--output <file>', 'write them to a file, whole or not at all')
    .option('--force', 'replace the file')
    .option('--bom', 'CSV with the mark by which spreadsheets know UTF-8');
  return addListOptions(command).addHelpText('after', RESULTS_HELP);
}
