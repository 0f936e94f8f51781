import type { Budget, CaseResult } from '../bench-case.js';
import { keepsBudget } from '../bench-case.js';
import { median, quantile } from '../measure/statistics.js';

/** A case's result as it is kept: per call, medians over the rounds. */
export interface CaseReport {
  name: string;
  title: string;
  measurements: {
    name: string;
    callsPerRound: number;
    rounds: number;
    /** Null where the work is done by another process than the one that is measured. */
    cpuMicroseconds: number | null;
    wallMicroseconds: number;
    /** Between the rounds' first and third quartile, of the wall time. */
    wallSpreadMicroseconds: number;
  }[];
  figures: {
    name: string;
    value: number;
    unit: string;
    budget: Budget | null;
    /** Null where there is no budget, or where a quick run judges nothing. */
    kept: boolean | null;
  }[];
}

/** @param judged whether figures are held to their budgets */
export function reportCase(
  { name, title }: { name: string; title: string },
  { measurements, figures }: CaseResult,
  judged: boolean,
): CaseReport {
  return {
    name,
    title,
    measurements: measurements.map((measurement) => {
      const { cpuMicroseconds: cpu, wallMicroseconds: wall } = measurement;
      return {
        name: measurement.name,
        callsPerRound: measurement.callsPerRound,
        rounds: wall.length,
        cpuMicroseconds: cpu.length === 0 ? null : rounded(median(cpu)),
        wallMicroseconds: rounded(median(wall)),
        wallSpreadMicroseconds: rounded(quantile(wall, 0.75) - quantile(wall, 0.25)),
      };
    }),
    figures: figures.map((figure) => ({
      ...figure,
      value: rounded(figure.value),
      kept: judged && figure.budget !== null ? keepsBudget(figure) : null,
    })),
  };
}

/** Four digits are more than any of it is exact. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
