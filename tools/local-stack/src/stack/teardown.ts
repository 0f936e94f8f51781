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
}
