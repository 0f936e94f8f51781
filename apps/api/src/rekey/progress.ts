const WIDTH = 30;
/** Without a terminal, one line whenever so much more is done. */
const STEP = 0.1;

/** Shows how far the work is: a bar that moves on a terminal, else a line now and then. */
export class Progress {
  #shown = -1;

  constructor(private readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>) {}

  show(done: number, total: number): void {
    const part = total === 0 ? 1 : done / total;
    const text = `${done} of ${total} cells (${Math.floor(part * 100)} %)`;
    if (this.stream.isTTY) {
      const full = Math.round(part * WIDTH);
      this.stream.write(`\r${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}`);
      if (done === total) this.stream.write('\n');
    } else if (part - this.#shown >= STEP || done === total) {
      this.#shown = part;
      this.stream.write(`${text}\n`);
    }
  }
}
