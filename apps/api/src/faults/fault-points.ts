/** The named steps of an application's life at which a test may make the process fail. */
export const FAULT_STEPS = [
  'before-intent',
  'after-intent',
  'after-call',
  'before-commit',
  'after-commit',
  'before-spool',
  'spool-written',
  'after-spool',
  'replay-found',
  'replay-stored',
  'replay-removed',
] as const;

export type FaultStep = (typeof FAULT_STEPS)[number];

/** Injection token of the `FaultPoints`. */
export const FAULT_POINTS = Symbol('FaultPoints');

/** Where tests make the process fail; in production nothing happens at any step. */
export interface FaultPoints {
  /** Called as a step is reached. */
  reach(step: FaultStep): Promise<void>;
}

const DONE = Promise.resolve();

export const NO_FAULTS: FaultPoints = { reach: () => DONE };
