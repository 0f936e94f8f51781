import { CommanderError, type Command } from 'commander';
import { createProgram, type CollectedHelp } from './program.js';
import type { CliContext } from './runtime/context.js';
import { exitStatusOf, INTERNAL_ERROR_STATUS, OUTPUT_ERROR_STATUS } from './runtime/exit-status.js';
import { CommandFailure, Interrupted } from './runtime/failure.js';
import { createOutput, StdoutError } from './runtime/output.js';
import { Session } from './runtime/session.js';
import { usageMessage } from './runtime/usage-message.js';

/** 128 and the signal's number, as shells report it. */
const SIGINT_STATUS = 130;
const SIGTERM_STATUS = 143;

/** Runs one call of the tool to its end and answers the exit status. It never throws. */
export async function run(context: CliContext): Promise<number> {
  const session = new Session(
    context,
    createOutput(context, {
      json: context.argv.includes('--json'),
      utc: context.argv.includes('--utc'),
    }),
  );
  const help: CollectedHelp = { out: '', err: '' };
  const program = createProgram(session, help);
  try {
    await execute(program, session, help);
    return exitStatusOf(session.outcome);
  } catch (error) {
    return report(error, session, help);
  }
}

async function execute(program: Command, session: Session, help: CollectedHelp): Promise<void> {
  try {
    await program.parseAsync([...session.context.argv], { from: 'user' });
  } catch (error) {
    const isHelp = error instanceof CommanderError && error.exitCode === 0;
    if (!isHelp) throw error;
    await session.output.text(help.out);
  }
}

async function report(error: unknown, session: Session, help: CollectedHelp): Promise<number> {
  const { output } = session;
  if (error instanceof CommanderError) return fail(session, usageFailure(error, help.err));
  if (error instanceof CommandFailure) return fail(session, error);
  if (error instanceof Interrupted) {
    await output.error(error.message, [], error.nextStep);
    await output.failure(error.result ?? session.emptyResult('interrupted', null));
    return session.context.signal.reason === 'SIGTERM' ? SIGTERM_STATUS : SIGINT_STATUS;
  }
  if (error instanceof StdoutError) {
    // A reader that has seen enough, such as `head`, is no fault.
    if (error.code === 'EPIPE') return 0;
    await output.error(error.message);
    return OUTPUT_ERROR_STATUS;
  }

  const { describeUnexpected, failureOf } = await import('./runtime/core-failure.js');
  const failure = failureOf(error);
  if (failure) return fail(session, failure);
  await output.error(
    `This is a fault of zhimaper itself: ${describeUnexpected(error)}`,
    [],
    'Report it with the command, without any personal data. If a call was under way, treat its outcome as unknown.',
  );
  await output.failure(session.emptyResult('internal-error', null));
  return INTERNAL_ERROR_STATUS;
}

async function fail(session: Session, failure: CommandFailure): Promise<number> {
  await session.output.error(failure.message, failure.details, failure.nextStep);
  await session.output.failure(session.emptyResult(failure.outcome, failure.subCode, failure));
  return exitStatusOf(failure.outcome);
}

function usageFailure(error: CommanderError, help: string): CommandFailure {
  const message =
    error.code === 'commander.help'
      ? `A command is missing.\n\n${help.trimEnd()}`
      : usageMessage(error.message);
  return new CommandFailure('invalid-usage', message, {
    nextStep: 'Add --help to the command to see what it takes.',
  });
}
