import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import { confirmByTyping } from '../../input/confirm.js';
import { parseJsonObject } from '../../input/json.js';
import { prompt } from '../../input/prompt.js';
import { nameOf, readTextSource } from '../../input/source.js';
import type { CliContext } from '../../runtime/context.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';

export interface EraseOptions {
  person?: boolean;
  input?: string;
  yes?: boolean;
}

const MAX_INPUT_BYTES = 4096;

/** Destroys the data and tokens of one authorisation, or of everything that there is about a person. */
export async function runErase(run: CommandRun<EraseOptions>): Promise<CommandOutcome> {
  const [id] = run.operands;
  const { person = false, input } = run.options;
  if (person === (id !== undefined) || (input !== undefined && !person)) {
    throw new CommandFailure('invalid-usage', 'Erase either one ID, or with --person a person.', {
      nextStep: 'Give ID alone, or --person with --input FILE or at a terminal.',
    });
  }
  return id === undefined ? erasePerson(run) : eraseOne(run, id);
}

async function eraseOne(run: CommandRun<EraseOptions>, id: string): Promise<CommandOutcome> {
  const { context, output } = run;
  const api = await connectToApi(context);
  await confirmErasure(run, 'This destroys the data and tokens of this authorisation.');
  await ask(
    api.DELETE('/v1/authorizations/{id}', { params: { path: { id } }, signal: context.signal }),
    'effect',
  );
  const result = {
    outcome: 'success',
    id,
    erased: 1,
    lines: null,
    inFlight: 0,
    error: null,
  } as const;
  await output.result(result, (view) =>
    view.fields([
      ['id', id],
      ['erased', '1'],
    ]),
  );
  return 'success';
}

async function erasePerson(run: CommandRun<EraseOptions>): Promise<CommandOutcome> {
  const { context, output, options } = run;
  const api = await connectToApi(context);
  const certNo = await readCertNo(context, options.input);
  await confirmErasure(run, 'This destroys everything that there is about this person.');
  const { data } = await ask(
    api.POST('/v1/subjects/erasure', {
      body: { certType: 'IDENTITY_CARD', certNo },
      signal: context.signal,
    }),
    'effect',
  );
  const outcome = data.inFlight === 0 ? 'success' : 'conflict';
  await output.result({ outcome, id: null, ...data, error: null }, (view) =>
    view.fields([
      ['erased', String(data.erased)],
      ['lines of batches', String(data.lines)],
      ['under way', String(data.inFlight)],
    ]),
  );
  if (data.inFlight > 0) {
    const next = 'Erase the person again in a minute.';
    await output.error('Applications under way cannot be erased yet.', [], next);
  }
  return outcome;
}

/** The number from a file or stdin, alone or as `certNo` of a JSON object, else from the terminal. */
async function readCertNo(context: CliContext, input: string | undefined): Promise<string> {
  if (input === undefined) {
    if (context.stdin.isTTY === true) {
      return (await prompt(context, { label: 'ID number', hidden: true })).trim();
    }
    throw new CommandFailure('invalid-usage', 'The ID number is missing.', {
      nextStep: 'Give it with --input FILE, or --input - and stdin.',
    });
  }
  const text = (await readTextSource(context, input, MAX_INPUT_BYTES)).trim();
  const certNo = text.startsWith('{') ? parseJsonObject(text, nameOf(input))['certNo'] : text;
  if (typeof certNo === 'string' && certNo !== '') return certNo;
  throw new CommandFailure('invalid-input', `${nameOf(input)} has no ID number.`, {
    nextStep: 'Give the number alone, or {"certNo":"…"}.',
    subCode: 'CERT_NO_IS_NULL',
  });
}

async function confirmErasure(
  { context, options }: CommandRun<EraseOptions>,
  what: string,
): Promise<void> {
  if (options.yes === true) return;
  if (await confirmByTyping(context, what, 'erase')) return;
  throw new CommandFailure('invalid-usage', 'Not confirmed; nothing was erased.', {
    nextStep: 'Type the word erase, or add --yes.',
  });
}
