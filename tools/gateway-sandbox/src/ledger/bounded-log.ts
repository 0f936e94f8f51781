/** The newest entries up to a limit. */
export class BoundedLog<T> {
  readonly #limit: number;
  readonly #onDrop: () => void;
  #entries: T[] = [];
  #dropped = 0;

  constructor(limit: number, onDrop: () => void) {
    this.#limit = limit;
    this.#onDrop = onDrop;
  }

  push(entry: T): void {
    this.#entries.push(entry);
    // A tenth over the limit before anything moves: one shift for many pushes.
    if (this.#entries.length > this.#limit * 1.1) this.#trim();
  }

  entries(): T[] {
    this.#trim();
    return [...this.#entries];
  }

  get dropped(): number {
    this.#trim();
    return this.#dropped;
  }

  clear(): void {
    this.#entries = [];
    this.#dropped = 0;
  }

  #trim(): void {
    const surplus = this.#entries.length - this.#limit;
    if (surplus <= 0) return;
    this.#entries.splice(0, surplus);
    this.#dropped += surplus;
    this.#onDrop();
  }
}
