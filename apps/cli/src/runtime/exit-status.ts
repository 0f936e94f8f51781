import type { OutcomeClass } from '@zhimaper/alipay-core';

/** Everything a command can end as: the gateway's classes, and what this tool or the api decides itself. */
export type CommandOutcome =
  | OutcomeClass
  | 'invalid-usage'
  | 'invalid-input'
  | 'not-verified'
  | 'not-authenticated'
  | 'not-allowed'
  | 'not-found'
  | 'conflict'
  | 'limited';

/** From the worst: what needs an operator, then a decision, then patience, then a correction. */
const WORST_FIRST = [78, 4, 3, 69, 75, 5, 1, 2, 0] as const;

export type ExitStatus = (typeof WORST_FIRST)[number];

/** A fault of this tool itself (`EX_SOFTWARE` of sysexits.h). */
export const INTERNAL_ERROR_STATUS = 70;
/** A result that stdout does not take, such as on a full disk (`EX_IOERR` of sysexits.h). */
export const OUTPUT_ERROR_STATUS = 74;

const STATUS_BY_OUTCOME: Readonly<Record<CommandOutcome, ExitStatus>> = {
  success: 0,
  'end-user': 1,
  'caller-input': 1,
  token: 1,
  'not-verified': 1,
  'invalid-usage': 2,
  'invalid-input': 2,
  'unknown-outcome': 3,
  'not-authenticated': 4,
  'not-allowed': 4,
  'not-found': 5,
  conflict: 5,
  'not-sent': 69,
  'rate-limited': 75,
  limited: 75,
  'caller-config': 78,
  permission: 78,
};

/** The exit status that one outcome ends the process with. */
export function exitStatusOf(outcome: CommandOutcome): ExitStatus {
  return STATUS_BY_OUTCOME[outcome];
}

/** Of several outcomes the one that decides; the first of equally bad ones. */
export function worstOutcome(outcomes: readonly CommandOutcome[]): CommandOutcome {
  const rank = (outcome: CommandOutcome) => WORST_FIRST.indexOf(exitStatusOf(outcome));
  return outcomes.reduce<CommandOutcome>(
    (worst, outcome) => (rank(outcome) < rank(worst) ? outcome : worst),
    outcomes[0] ?? 'success',
  );
}
