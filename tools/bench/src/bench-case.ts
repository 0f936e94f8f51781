import type { Effort, Measurement } from './measure/measure.js';

/** A bound that a figure has to keep. */
export type Budget = { atMost: number } | { atLeast: number };

/** What one looks at: a ratio of two measurements, or a size of its own. */
export interface Figure {
  name: string;
  value: number;
  /** `x` for a ratio. */
  unit: 'x' | 'us' | 'ms' | 'MB';
  /** Null where there is nothing to keep, only something to know. */
  budget: Budget | null;
}

export interface CaseResult {
  measurements: Measurement[];
  figures: Figure[];
}

/** One thing that is measured. */
export interface BenchCase {
  /** As `--only` takes it. */
  name: string;
  title: string;
  run: (effort: Effort) => Promise<CaseResult>;
}

export function ratio(name: string, value: number, budget: Budget | null = null): Figure {
  return { name, value, unit: 'x', budget };
}

/** Whether a figure keeps its budget; one without a budget always does. */
export function keepsBudget({ value, budget }: Figure): boolean {
  if (budget === null) return true;
  return 'atMost' in budget ? value <= budget.atMost : value >= budget.atLeast;
}
