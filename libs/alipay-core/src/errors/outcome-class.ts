/**
 * What an answer, or the lack of one, means for the caller. One vocabulary for the core, the CLI's exit
 * statuses and the API's HTTP statuses.
 */
export const OUTCOME_CLASSES = [
  'success',
  'not-sent',
  'rate-limited',
  'unknown-outcome',
  'caller-config',
  'permission',
  'token',
  'caller-input',
  'end-user',
] as const;

export type OutcomeClass = (typeof OUTCOME_CLASSES)[number];
export type FailureClass = Exclude<OutcomeClass, 'success'>;
