/** The middle of some numbers, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * A quantile with linear interpolation between neighbours (Hyndman and Fan's type 7).
 *
 * @param share from 0 to 1
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * The median of `of[i] / by[i]`: what one costs beside the other, each pair taken in the same round, so that a
 * machine that slows down for a while does it to both.
 */
export function pairedRatio(of: readonly number[], by: readonly number[]): number {
  return median(of.map((value, round) => value / (by[round] ?? NaN)));
}
