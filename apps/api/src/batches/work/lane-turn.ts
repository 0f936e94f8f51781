import { setMaxListeners } from 'node:events';
import type { LineOutcome } from './line-outcome.js';

/** A line in its order; the rest of it is its worker's business. */
interface OrderedLine {
  number: number;
}

/** A line that was tried, and what came of it. */
export interface TriedLine<Line> {
  line: Line;
  outcome: LineOutcome;
}

export interface TurnEnds<Line extends OrderedLine> {
  /** The next waiting lines behind this number, in their order; none where the batch is not to be worked on now. */
  read: (behind: number) => Promise<Line[]>;
  /** Tries a line; null where the signal said to stop before anything was begun. Never rejects. */
  attempt: (line: Line, signal: AbortSignal) => Promise<LineOutcome | null>;
  /** Writes down what came of some lines. */
  settle: (tried: TriedLine<Line>[]) => Promise<void>;
  /** Does something as soon as there is room for it, in the order in which it was asked. */
  inPlace: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/**
 * One worker's turn at a lane: group after group of its lines is read, tried and written down, once through the lane,
 * until one line says that the others would fare no better, or the signal says to stop. Nothing is begun then, and
 * what was begun is finished and written down.
 *
 * @param signal aborted when the time is over, the process stops or the lane was given to somebody else
 * @returns whether lines are left that another turn can go on with at once
 */
export async function takeTurn<Line extends OrderedLine>(
  ends: TurnEnds<Line>,
  signal: AbortSignal,
): Promise<boolean> {
  const hopeless = new AbortController();
  const stop = AbortSignal.any([signal, hopeless.signal]);
  // Each line of a group may listen while it waits.
  setMaxListeners(0, stop);
  const attempt = async (line: Line): Promise<TriedLine<Line> | null> => {
    const outcome = stop.aborted ? null : await ends.attempt(line, stop);
    if (outcome === null) return null;
    if (outcome.kind === 'held' || outcome.kind === 'refused-by-gateway') hopeless.abort();
    return { line, outcome };
  };
  let behind = 0;
  while (!stop.aborted) {
    const lines = await ends.read(behind);
    const last = lines.at(-1);
    if (!last) return false;
    const tried = await Promise.all(lines.map((line) => ends.inPlace(() => attempt(line))));
    await ends.settle(tried.filter((one) => one !== null));
    behind = last.number;
  }
  return !hopeless.signal.aborted;
}
