/** How many workers may be at one batch at the same time. */
export const LANES = 16;

/** Where lines are counted that no worker ended. */
export const NO_LANE = -1;

/** The lane of a line: neighbours are in different ones, so that a batch is done about in its order. */
export function laneOf(number: number): number {
  return number % LANES;
}

/** The lanes that have any of a batch's lines. */
export function lanesOf(lineCount: number): number[] {
  return Array.from({ length: Math.min(lineCount, LANES) }, (_, at) => laneOf(at + 1));
}
