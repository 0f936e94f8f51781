import { once } from 'node:events';
import { join } from 'node:path';
import { startCluster, type Cluster } from '../cluster/start-cluster.js';
import { startLocalStack, type LocalStack } from '../stack/start-local-stack.js';
import { stepRunner, type StepListener } from '../stack/steps.js';
import { WORKSPACE_ROOT } from '../stack/workspace.js';
import { describeFailure } from './failure.js';
import { parseOptions, USAGE, UsageError, type StartOptions } from './options.js';
import { progressStyle, showProgress } from './progress.js';
import { humanSummary, jsonSummary, onceSummary } from './summary.js';

const EXIT_STATUS = { ok: 0, failed: 1, usage: 2 } as const;

/** What the command touches of its process. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  stderrIsTerminal: boolean;
  /** Aborted when somebody asks the stack to stop. */
  interruption: AbortSignal;
}

/** Runs the local stack as the command line asks, and returns the exit status. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { env, stdout, stderr, stderrIsTerminal } = surroundings;
  try {
    const options = parseOptions(argv, env);
    if (options.help) {
      stdout(USAGE);
      return EXIT_STATUS.ok;
    }
    const onStep = showProgress(stderr, progressStyle(stderrIsTerminal, env));
    return await serve(options, surroundings, onStep);
  } catch (error) {
    if (!(error instanceof UsageError)) {
      stderr(`${await describeFailure(error)}\n`);
      return EXIT_STATUS.failed;
    }
    stderr(`${error.message}\nTry npm start -- --help.\n`);
    return EXIT_STATUS.usage;
  }
}

async function serve(
  options: StartOptions,
  { stdout, stderr, interruption }: Surroundings,
  onStep: StepListener,
): Promise<number> {
  const { cluster, once: stopWhenReady, json } = options;
  // A cluster's volumes lie elsewhere than the one api's keys and spool.
  const { dataDir = join(WORKSPACE_ROOT, '.local', ...(cluster ? ['cluster'] : [])) } = options;
  const startStack = cluster ? startCluster : startLocalStack;
  let stack: LocalStack | Cluster;
  try {
    stack = await startStack({ ...options, dataDir, signal: interruption, onStep });
  } catch (error) {
    if (!interruption.aborted) throw error;
    stderr('Stopped before it was ready.\n');
    return stopWhenReady ? EXIT_STATUS.failed : EXIT_STATUS.ok;
  }

  if (json) stdout(jsonSummary(stack));
  else if (stopWhenReady) stdout(onceSummary(stack));
  else stdout(humanSummary(stack, options.databaseUrl === undefined));

  const failure = stopWhenReady ? undefined : await endOf(stack, interruption);
  if (failure) stderr(`${await describeFailure(failure)}\n`);
  await stepRunner(onStep, undefined)(
    'Stopping',
    () => stack.stop(),
    () => 'Stopped',
  );
  return failure ? EXIT_STATUS.failed : EXIT_STATUS.ok;
}

/** Waits until somebody asks to stop, or something ends unasked: then that is the answer. */
async function endOf(stack: Pick<LocalStack, 'failed'>, interruption: AbortSignal) {
  if (interruption.aborted) return undefined;
  return Promise.race([once(interruption, 'abort').then(() => undefined), stack.failed]);
}
