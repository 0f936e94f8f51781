import type { z } from 'zod';

/**
 * A queue of jobs. No job is ever tried again by the queue itself: what becomes of an application is decided by the
 * state of its rows, and a job that failed is sent anew by whoever looks after them.
 */
export interface Queue<Data extends object> {
  readonly name: string;
  /** What a job says: ids and numbers of rows, never anything of a person. */
  readonly payload: z.ZodType<Data>;
  /** At most one job of the same key waits at a time; sending another one changes nothing. */
  readonly keyOf: (data: Data) => string;
}
