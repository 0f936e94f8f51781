/** What the rate is taken from, in milliseconds: long enough to be steady, short enough to follow. */
const WINDOW_MS = 30_000;

/** How quickly something goes on, by what was done lately. */
export class Rate {
  #samples: { at: number; done: number }[] = [];

  add(at: number, done: number): void {
    this.#samples = [
      ...this.#samples.filter((sample) => at - sample.at <= WINDOW_MS),
      { at, done },
    ];
  }

  /** So many a second; null as long as nothing can be said. */
  get perSecond(): number | null {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (!first || !last || last.at === first.at) return null;
    return ((last.done - first.done) * 1000) / (last.at - first.at);
  }
}
