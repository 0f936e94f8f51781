import { parseArgs } from 'node:util';
import { CASES } from './cases/index.js';
import { isPartOf, type BenchCase, type CaseEffort, type RunLength } from './bench-case.js';

export const USAGE = `Usage: npm run bench -- [options]

Measures zhimaper beside the official SDK and beside what RSA and one POST cost at all, in rounds that take turns, and
writes tools/bench/results/latest.json. Exit status 1 if a budget is missed.

  --quick        a short run, reported but not judged; results/quick.json
  --scale        everything, and with as much as the budgets speak of: takes an hour; results/scale.json
  --only NAMES   only these cases, separated by commas
  --list         the cases' names
  --json         the results as JSON on stdout, the table on stderr
  --help         this text
`;

const EFFORTS: Readonly<Record<RunLength, CaseEffort>> = {
  quick: { length: 'quick', rounds: 3, roundMs: 30 },
  full: { length: 'full', rounds: 9, roundMs: 200 },
  scale: { length: 'scale', rounds: 9, roundMs: 300 },
};

export interface BenchOptions {
  help: boolean;
  list: boolean;
  json: boolean;
  effort: CaseEffort;
  cases: readonly BenchCase[];
}

/** The command line asks for what there is not. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { help, list, json, quick, scale, only } = parse(argv);
  if (quick && scale) throw new UsageError('--quick and --scale are two runs.');
  const length = quick ? 'quick' : scale ? 'scale' : 'full';
  return {
    help,
    list,
    json,
    effort: EFFORTS[length],
    cases:
      only === undefined
        ? CASES.filter((benchCase) => isPartOf(benchCase, length))
        : only.split(',').map(caseOf),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        list: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        scale: { type: 'boolean', default: false },
        only: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function caseOf(name: string): BenchCase {
  const found = CASES.find((candidate) => candidate.name === name.trim());
  if (found) return found;
  throw new UsageError(`There is no case "${name.trim()}"; --list names them.`);
}
