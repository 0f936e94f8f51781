import type { CliContext } from './context.js';
import { cut } from './text-width.js';
import { isDumb } from './style.js';

/** What a long command says while it works. */
export interface Progress {
  /** The state as one line, made and shown when it is time for it. */
  update(line: () => string): void;
  /** Takes the line away, so that the result follows cleanly. */
  end(): void;
}

/** A terminal is redrawn so often at most. */
const REDRAW_MS = 100;
/** A log gets a line so often at most. */
const LOG_MS = 10_000;
const CLEAR_LINE = '\r\u001b[K';

/** Shows progress on stderr: one line drawn anew on a terminal, now and then a line elsewhere. */
export function startProgress({ stderr, env, now }: CliContext): Progress {
  const redraws = stderr.isTTY === true && !isDumb(env);
  const pause = redraws ? REDRAW_MS : LOG_MS;
  let shownAt = redraws ? -Infinity : now().getTime();
  return {
    update: (line) => {
      const at = now().getTime();
      if (at - shownAt < pause) return;
      shownAt = at;
      // The last column stays free: a full line would move the cursor to the next one.
      const width = (stderr.columns ?? 80) - 1;
      stderr.write(redraws ? CLEAR_LINE + cut(line(), width) : `${line()}\n`);
    },
    end: () => {
      if (redraws) stderr.write(CLEAR_LINE);
    },
  };
}
