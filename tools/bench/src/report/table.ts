import type { Budget } from '../bench-case.js';
import type { CaseReport } from './results.js';

/** A case as people read it: its figures with their budgets, then what was measured. */
export function tableOf({ title, measurements, figures }: CaseReport): string {
  const figureRows = figures.map(({ name, value, unit, budget, kept }) => [
    name,
    `${value} ${unit}`,
    budgetText(budget),
    kept === null ? '' : kept ? 'kept' : 'MISSED',
  ]);
  const measurementRows = measurements.map(
    ({ name, cpuMicroseconds, wallMicroseconds, callsPerRound, rounds }) => [
      name,
      cpuMicroseconds === null ? '-' : `${cpuMicroseconds} us CPU`,
      `${wallMicroseconds} us`,
      `${rounds} x ${callsPerRound}`,
    ],
  );
  return [title, ...aligned(figureRows), ...aligned(measurementRows), ''].join('\n');
}

function budgetText(budget: Budget | null): string {
  if (budget === null) return '';
  return 'atMost' in budget ? `<= ${budget.atMost}` : `>= ${budget.atLeast}`;
}

function aligned(rows: readonly string[][]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
