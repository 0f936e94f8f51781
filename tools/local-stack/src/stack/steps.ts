/** What a start does, one step at a time, for whoever shows it. */
export type StepEvent =
  | { state: 'started'; title: string }
  | { state: 'done'; title: string; seconds: number }
  | { state: 'failed'; title: string; seconds: number };

export type StepListener = (event: StepEvent) => void;

/**
 * Runs one step and tells the listener.
 *
 * @param title what is being done, while it lasts and where it fails
 * @param done what has been done, of its result
 */
export type StepRunner = <T>(
  title: string,
  work: () => Promise<T>,
  done: (result: T) => string,
) => Promise<T>;

/** Makes the runner of one start; `now` is in milliseconds. */
export function stepRunner(
  onStep: StepListener,
  signal: AbortSignal | undefined,
  now: () => number = () => performance.now(),
): StepRunner {
  return async (title, work, done) => {
    signal?.throwIfAborted();
    const start = now();
    const seconds = () => (now() - start) / 1000;
    onStep({ state: 'started', title });
    try {
      const result = await work();
      onStep({ state: 'done', title: done(result), seconds: seconds() });
      return result;
    } catch (error) {
      onStep({ state: 'failed', title, seconds: seconds() });
      throw error;
    }
  };
}
