/**
 * Work that is done again and again, safe on every instance at once: its database statements decide who does
 * what, not the schedule.
 */
export interface PeriodicJob {
  /** Named in the log. */
  readonly name: string;
  /** The longest pause between two runs, in milliseconds. */
  readonly intervalMs: number;
  /**
   * Does what there is to do. An error is logged and ends this run alone.
   *
   * @param signal aborted when the process stops: leave the rest to the next start
   */
  run(signal: AbortSignal): Promise<void>;
}

/** A job on the schedule. */
export interface ScheduledJob {
  /** Runs the job in at most so many milliseconds; one that is running then runs again. */
  soon(delayMs: number): void;
}
