import { endsWithin } from '../clock/ends-within.js';

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

export interface GatheringLimits {
  /** How many items make a group at the most. */
  together: number;
  /** How long a group holds up what comes after it, in milliseconds; then the next one begins beside it. */
  patienceMs: number;
}

/**
 * Does together what comes while earlier work is under way: what comes alone is done at once, and the more there is to
 * do, the more of it is done together.
 *
 * @example
 * const inserts = new Gathering((rows: Row[]) => insertAll(rows), { together: 100, patienceMs: 50 });
 * const inserted = await inserts.add(row);
 */
export class Gathering<Item, Result> {
  readonly #run: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly #limits: GatheringLimits;
  readonly #waiting: Waiting<Item, Result>[] = [];
  #busy = false;

  /** @param run does a group and answers one result an item, in their order; an error is everyone's */
  constructor(
    run: (items: readonly Item[]) => Promise<readonly Result[]>,
    limits: GatheringLimits,
  ) {
    this.#run = run;
    this.#limits = limits;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#busy) return;
      this.#busy = true;
      // What comes in the same turn of the event loop comes together.
      setImmediate(() => {
        this.#next();
      });
    });
  }

  /** Begins a group, and the next one as soon as it has ended, or has taken too long. */
  #next(): void {
    const group = this.#waiting.splice(0, this.#limits.together);
    if (group.length === 0) {
      this.#busy = false;
      return;
    }
    void endsWithin(this.#settle(group), this.#limits.patienceMs).then(() => {
      this.#next();
    });
  }

  async #settle(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#run(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
