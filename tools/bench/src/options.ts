import { parseArgs } from 'node:util';
import { CASES } from './cases/index.js';
import type { BenchCase } from './bench-case.js';
import type { Effort } from './measure/measure.js';

export const USAGE = `Usage: npm run bench -- [options]

Measures zhimaper beside the official SDK and beside what RSA and one POST cost at all, in rounds that take turns, and
writes tools/bench/results/latest.json. Exit status 1 if a budget is missed.

  --quick        a short run, reported but not judged; results/quick.json
  --only NAMES   only these cases, separated by commas
  --list         the cases' names
  --json         the results as JSON on stdout, the table on stderr
  --help         this text
`;

const EFFORTS = {
  full: { rounds: 9, roundMs: 300 },
  quick: { rounds: 3, roundMs: 30 },
} as const satisfies Record<string, Effort>;

export interface BenchOptions {
  help: boolean;
  list: boolean;
  json: boolean;
  mode: keyof typeof EFFORTS;
  effort: Effort;
  cases: readonly BenchCase[];
}

/** The command line asks for what there is not. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { help, list, json, quick, only } = parse(argv);
  const mode = quick ? 'quick' : 'full';
  return {
    help,
    list,
    json,
    mode,
    effort: EFFORTS[mode],
    cases: only === undefined ? CASES : only.split(',').map(caseOf),
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
