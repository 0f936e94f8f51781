/** One way to deviate from the rules; `code` null for what the rules allow as well. */
interface Alternative<T, Code extends string> {
  code: Code | null;
  /** The candidate altered, or null where this way has nothing to alter. */
  apply: (candidate: T) => T | null;
}

/** The ways to do one step. A candidate takes at most one of them. */
export type Stage<T, Code extends string> = readonly Alternative<T, Code>[];

export interface Found<Code> {
  /** In what the accepted candidate deviates, or null where none was accepted. */
  codes: readonly Code[] | null;
  /** How many candidates were looked at. */
  tried: number;
}

interface Candidate<T, Code> {
  value: T;
  codes: readonly Code[];
}

/** More mistakes at once are not told apart from an altered content. */
const MOST_DEVIATIONS = 3;

/**
 * Looks for the candidate with the fewest deviations that is accepted.
 *
 * @param write what makes a candidate the same as another
 * @param limit most candidates to look at
 */
export function search<T, Code extends string>(
  base: T,
  stages: readonly Stage<T, Code>[],
  { limit, write, accept }: { limit: number; write: (value: T) => string; accept: (written: string) => boolean }, // prettier-ignore
): Found<Code> {
  const seen = new Set<string>();
  for (let deviations = 0; deviations <= MOST_DEVIATIONS; deviations++) {
    for (const { value, codes } of combine({ value: base, codes: [] }, stages, deviations)) {
      const written = write(value);
      if (seen.has(written)) continue;
      if (seen.size >= limit) return { codes: null, tried: seen.size };
      seen.add(written);
      if (accept(written)) return { codes, tried: seen.size };
    }
  }
  return { codes: null, tried: seen.size };
}

function* combine<T, Code extends string>(
  candidate: Candidate<T, Code>,
  [stage, ...later]: readonly Stage<T, Code>[],
  deviations: number,
): Generator<Candidate<T, Code>> {
  if (stage === undefined) {
    if (deviations === 0) yield candidate;
    return;
  }
  for (const { code, apply } of stage) {
    const left = code === null ? deviations : deviations - 1;
    const value = left < 0 ? null : apply(candidate.value);
    if (value === null) continue;
    const codes = code === null ? candidate.codes : [...candidate.codes, code];
    yield* combine({ value, codes }, later, left);
  }
}
