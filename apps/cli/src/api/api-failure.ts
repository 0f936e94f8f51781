import type { CommandOutcome } from '../runtime/exit-status.js';
import { CommandFailure, type CommandFailureOptions } from '../runtime/failure.js';

/** What a machine may want to know of a failure besides its outcome. */
export interface FailureFacts {
  /** The problem's code, or why there was no answer, such as `API_TIMEOUT`. */
  readonly code: string;
  /** What the api's log lines of the request carry. */
  readonly traceId: string | null;
  readonly authorizationId: string | null;
  readonly retryAfterSeconds: number | null;
}

/** The api refused a request, could not do it, or did not answer. */
export class ApiFailure extends CommandFailure {
  readonly facts: FailureFacts;

  constructor(
    outcome: CommandOutcome,
    message: string,
    { facts, ...options }: CommandFailureOptions & { facts: FailureFacts },
  ) {
    super(outcome, message, options);
    this.facts = facts;
  }

  /** The same failure, where a command knows better what it means and what to do. */
  restated(nextStep: string, outcome: CommandOutcome = this.outcome): ApiFailure {
    const { message, details, subCode, facts } = this;
    return new ApiFailure(outcome, message, {
      ...{ details, facts, nextStep, cause: this },
      ...(subCode === null ? {} : { subCode }),
    });
  }
}
