import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseOptions, USAGE, UsageError, type BenchOptions } from './options.js';
import { describeMachine, describeVersions } from './report/machine.js';
import { reportCase, type CaseReport } from './report/results.js';
import { tableOf } from './report/table.js';
import { WORKSPACE_ROOT } from './workspace.js';

const EXIT_STATUS = { ok: 0, missed: 1, usage: 2 } as const;
const FILES = { quick: 'quick.json', full: 'latest.json', scale: 'scale.json' } as const;
const RESULTS = join(WORKSPACE_ROOT, 'tools/bench/results');

process.exitCode = await run(process.argv.slice(2));

async function run(argv: readonly string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = parseOptions(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nTry npm run bench -- --help.\n`);
    return EXIT_STATUS.usage;
  }
  if (options.help || options.list) {
    process.stdout.write(
      options.help ? USAGE : options.cases.map(({ name, title }) => `${name}  ${title}\n`).join(''),
    );
    return EXIT_STATUS.ok;
  }
  return runCases(options);
}

async function runCases({ cases, effort, json }: BenchOptions): Promise<number> {
  const people = json ? process.stderr : process.stdout;
  const startedAt = new Date();
  const reports: CaseReport[] = [];
  for (const benchCase of cases) {
    const report = reportCase(benchCase, await benchCase.run(effort), effort.length !== 'quick');
    people.write(`${tableOf(report)}\n`);
    reports.push(report);
  }
  const results = {
    at: startedAt.toISOString(),
    length: effort.length,
    seconds: Math.round((Date.now() - startedAt.getTime()) / 1_000),
    machine: describeMachine(),
    versions: describeVersions(),
    cases: reports,
  };
  const file = join(RESULTS, FILES[effort.length]);
  await mkdir(RESULTS, { recursive: true });
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  if (json) process.stdout.write(`${JSON.stringify(results)}\n`);
  const missed = reports.flatMap(({ figures }) => figures.filter(({ kept }) => kept === false));
  people.write(`${results.seconds} s, ${missed.length} budgets missed; kept in ${file}\n`);
  return missed.length === 0 ? EXIT_STATUS.ok : EXIT_STATUS.missed;
}
