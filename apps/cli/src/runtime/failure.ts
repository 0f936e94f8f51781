import { worstOutcome, type CommandOutcome } from './exit-status.js';

export interface CommandFailureOptions extends ErrorOptions {
  /** What the reader can do about it, as one imperative sentence. */
  nextStep: string;
  /** Further lines of the same fault, such as one per refused field. */
  details?: readonly string[];
  /** The gateway document's code for this refusal, where it has one. */
  subCode?: string;
}

/** Why a command stops before it has a result. Its texts hold no personal data and no key material. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly outcome: CommandOutcome;
  readonly nextStep: string;
  readonly details: readonly string[];
  readonly subCode: string | null;

  constructor(outcome: CommandOutcome, message: string, options: CommandFailureOptions) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.outcome = outcome;
    this.nextStep = options.nextStep;
    this.details = options.details ?? [];
    this.subCode = options.subCode ?? null;
  }
}

export interface InterruptedOptions {
  /** How to come back to what goes on without this tool. */
  nextStep?: string;
  /** The line of JSON where something is known all the same. */
  result?: object;
}

/** Ctrl-C or a termination signal while nothing was under way that could have had an effect nobody will learn of. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly nextStep: string | undefined;
  readonly result: object | undefined;

  constructor(message: string, { nextStep, result }: InterruptedOptions = {}) {
    super(message);
    this.nextStep = nextStep;
    this.result = result;
  }
}

/** Several failures as one, so that everything wrong is told at once; the worst decides the outcome. */
export function combineFailures(failures: readonly CommandFailure[]): CommandFailure {
  const [only, ...others] = failures;
  if (only && others.length === 0) return only;
  const outcome = worstOutcome(failures.map((failure) => failure.outcome));
  const worst = failures.find((failure) => failure.outcome === outcome);
  return new CommandFailure(outcome, failures.map(({ message }) => message).join(' '), {
    details: failures.flatMap(({ details }) => details),
    nextStep: failures.map(({ nextStep }) => nextStep).join(' '),
    ...(worst?.subCode ? { subCode: worst.subCode } : {}),
  });
}
