import { messageOf } from '../stack-error.js';

/** What has to be undone, last thing first; one that fails does not keep the others from being undone. */
export class Teardown {
  readonly #tasks: (() => Promise<unknown>)[] = [];

  add(task: () => Promise<unknown>): void {
    this.#tasks.push(task);
  }

  /** Undoes everything added since the last time, and tells what failed. */
  async run(): Promise<unknown[]> {
    const failures: unknown[] = [];
    for (let task = this.#tasks.pop(); task; task = this.#tasks.pop()) {
      try {
        await task();
      } catch (error) {
        failures.push(error);
      }
    }
    return failures;
  }

  /** @throws AggregateError of what could not be undone */
  async runOrThrow(): Promise<void> {
    const failures = await this.run();
    if (failures.length === 0) return;
    const reasons = failures.map(messageOf).join(' ');
    throw new AggregateError(failures, `Not everything could be stopped: ${reasons}`);
  }
}
