import type { Effort, Measurement } from './measure/measure.js';

/** A bound that a figure has to keep. */
export type Budget = { atMost: number } | { atLeast: number };

/** What one looks at: a ratio of two measurements, or a size of its own. */
export interface Figure {
  name: string;
  value: number;
  /** `x` for a ratio. */
  unit: 'x' | 'us' | 'ms' | 's' | '/s' | 'KB' | 'MB';
  /** Null where there is nothing to keep, only something to know. */
  budget: Budget | null;
}

export interface CaseResult {
  measurements: Measurement[];
  figures: Figure[];
}

/** How long a run may take: half a minute, five minutes, or an hour. */
const RUN_LENGTHS = ['quick', 'full', 'scale'] as const;
export type RunLength = (typeof RUN_LENGTHS)[number];

/** How much a case does in a run. */
export interface CaseEffort extends Effort {
  length: RunLength;
}

/** Whether a case is a part of a run of that length. */
export function isPartOf({ from = 'quick' }: BenchCase, length: RunLength): boolean {
  return RUN_LENGTHS.indexOf(from) <= RUN_LENGTHS.indexOf(length);
}

/** One thing that is measured. */
export interface BenchCase {
  /** As `--only` takes it. */
  name: string;
  title: string;
  /** The shortest run that it is a part of; `quick` unless it says otherwise. */
  from?: RunLength;
  run: (effort: CaseEffort) => Promise<CaseResult>;
}

export function ratio(name: string, value: number, budget: Budget | null = null): Figure {
  return { name, value, unit: 'x', budget };
}

/** Whether a figure keeps its budget; one without a budget always does. */
export function keepsBudget({ value, budget }: Figure): boolean {
  if (budget === null) return true;
  return 'atMost' in budget ? value <= budget.atMost : value >= budget.atLeast;
}
