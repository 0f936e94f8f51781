import type { Batch } from '@zhimaper/api-client';
import { apiOf } from '../../api/connect.js';
import { errorMember } from '../../api/error-member.js';
import { readApiSettings, type ApiSettings } from '../../config/api-settings.js';
import { isRereadable } from '../../input/rows/read-rows.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { noSubmittedBatch } from './empty-result.js';
import { keyMissing } from './file-failures.js';
import { checkFile, linesAgain, linesOf, type FileLines } from './file-lines.js';
import { adviseOn, outcomeOfBatch } from './finish.js';
import { followBatch } from './follow.js';
import { rowSourceOf, type SourceOptions } from './row-source.js';
import { batchFields, batchMembers, grouped } from './show.js';
import { Tally } from './tally.js';
import { upload, type Upload } from './upload.js';

export interface SubmitOptions extends SourceOptions {
  idempotencyKey?: string;
  skipInvalid?: boolean;
  dryRun?: boolean;
  detach?: boolean;
}

/** Checks a file of applications, sends it as a batch and shows how that gets on. */
export async function runSubmit(run: CommandRun<SubmitOptions>): Promise<CommandOutcome> {
  const { context, output, options, operands } = run;
  const source = rowSourceOf(operands[0] ?? '', options);
  const { skipInvalid = false, dryRun = false } = options;
  const file = { context, source, tally: new Tally(output), skipInvalid };
  const rereadable = await isRereadable(source.file);
  if (dryRun) return check(run, file);
  const settings = await readApiSettings(context);
  const request = rereadable
    ? await requestOfFile(file, settings, options)
    : requestOfStream(file, settings, options);
  // Before anything is sent, so that whoever sees this end early can go on under the same key.
  await output.note(`idempotency key ${request.idempotencyKey}`);
  return submit(run, request, file.tally);
}

async function check(
  { output }: CommandRun<SubmitOptions>,
  file: FileLines,
): Promise<CommandOutcome> {
  await checkFile(file, '');
  const { check: found } = file.tally;
  const line = { ...noSubmittedBatch('success', null), check: found, error: null };
  await output.result(line, (view) =>
    view.fields([
      ['lines', grouped(found.lines)],
      ['not valid', grouped(found.invalid)],
    ]),
  );
  return 'success';
}

/** A file is read twice: everything is checked before anything is sent, and names the batch by its content. */
async function requestOfFile(
  file: FileLines,
  settings: ApiSettings,
  { idempotencyKey }: SubmitOptions,
): Promise<Upload> {
  const expected = await checkFile(file, settings.key);
  return {
    settings,
    idempotencyKey: idempotencyKey ?? expected,
    lines: () => linesAgain(file, { apiKey: settings.key, expected }),
    rereadable: true,
  };
}

function requestOfStream(
  file: FileLines,
  settings: ApiSettings,
  { idempotencyKey }: SubmitOptions,
): Upload {
  if (idempotencyKey === undefined) throw keyMissing(file.source.file);
  return { settings, idempotencyKey, lines: () => linesOf(file, 'sent'), rereadable: false };
}

async function submit(
  run: CommandRun<SubmitOptions>,
  request: Upload,
  tally: Tally,
): Promise<CommandOutcome> {
  const { context, output, options } = run;
  const { idempotencyKey, settings } = request;
  const { data, headers } = await upload(run, request);
  const replayed = headers.get('idempotent-replayed') === 'true';
  await output.note(
    replayed
      ? `Batch ${data.id} was submitted before; nothing was sent twice.`
      : `Batch ${data.id}: ${grouped(data.lineCount)} lines were taken in.`,
  );
  const lineOf = (outcome: string, batch: Batch) => ({
    ...{ outcome, idempotencyKey, replayed, check: tally.check },
    ...batchMembers(batch),
    error: null as object | null,
  });
  const print = (outcome: CommandOutcome, batch: Batch) =>
    output.result(lineOf(outcome, batch), (view) => view.fields(batchFields(batch, view)));

  if (options.detach === true) {
    await print('success', data);
    await output.note(`Watch it: zhimaper batch status ${data.id} --follow`);
    return 'success';
  }
  const api = apiOf(settings);
  const batch = await followBatch(context, api, data, (seen) => ({
    ...lineOf('interrupted', seen),
    error: errorMember('interrupted', null, undefined),
  }));
  const outcome = await outcomeOfBatch(context, api, batch);
  await print(outcome, batch);
  await adviseOn(output, batch);
  return outcome;
}
