import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startLog } from '../folders/logs.js';
import { startChild, type ManagedChild } from '../process/managed-child.js';
import { runToEnd } from '../process/run-to-end.js';
import { waitUntil } from '../process/wait-until.js';
import { StackError } from '../stack-error.js';
import { withTimeout } from '../stack/api-calls.js';
import { inheritedEnvironment } from '../stack/api-environment.js';
import { API_STOP_STEPS, describeExit } from '../stack/api-process.js';
import { WORKSPACE_ROOT } from '../stack/workspace.js';
import type { PlacedProcess } from './place.js';

/** A migration may wait for another one; what serves takes seconds. */
const TIMEOUT_MS = 60_000;

interface ServiceOptions {
  dataDir: string;
}

interface RunOptions extends ServiceOptions {
  signal: AbortSignal | undefined;
}

/** A long-running process of a service. */
export interface ServiceProcess {
  child: ManagedChild;
  logFile: string;
}

/** Starts a service that this repository's image runs. */
export async function startService(
  name: string,
  placed: PlacedProcess,
  { dataDir }: ServiceOptions,
): Promise<ServiceProcess> {
  const logFile = await startLog(dataDir, name);
  const { command, args } = programOf(placed.command);
  const child = await startChild(command, args, {
    env: environmentOf(placed),
    logFile,
    stopSteps: API_STOP_STEPS,
  });
  return { child, logFile };
}

/**
 * Runs a service that does its work and ends.
 *
 * @throws StackError `CHILD_ENDED` with its log where it fails
 */
export async function runService(
  name: string,
  placed: PlacedProcess,
  { dataDir, signal }: RunOptions,
): Promise<void> {
  const { command, args } = programOf(placed.command);
  const env = environmentOf(placed);
  const result = await runToEnd(command, args, { env, signal, timeoutMs: TIMEOUT_MS });
  const logFile = await startLog(dataDir, name);
  await writeFile(logFile, result.output, { mode: 0o600 });
  if (result.code === 0) return;
  throw new StackError('CHILD_ENDED', `${name} ended ${describeExit(result)}.`, {
    nextStep: 'See its log; after a change of the code, run "npm run build".',
    logFile,
  });
}

interface HealthOptions extends ServiceProcess {
  signal: AbortSignal | undefined;
}

/**
 * Waits until the service's own health check succeeds.
 *
 * @throws StackError `CHILD_ENDED` where it ends, or does not become healthy in time
 */
export async function waitForHealth(
  name: string,
  placed: PlacedProcess,
  { child, logFile, signal }: HealthOptions,
): Promise<void> {
  const state = await waitUntil(
    async () => {
      if (child.exit) return 'ended';
      return (await isHealthy(placed, signal)) ? 'healthy' : undefined;
    },
    { timeoutMs: TIMEOUT_MS, intervalMs: 100, signal },
  );
  if (state === 'healthy') return;
  const how = child.exit ? `ended ${describeExit(child.exit)}` : 'did not become healthy in time';
  throw new StackError('CHILD_ENDED', `${name} ${how}.`, { nextStep: 'See its log.', logFile });
}

async function isHealthy(
  { healthcheck = [], environment }: PlacedProcess,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (healthcheck[0] !== 'node') return answers(healthcheck.at(-1) ?? '', signal);
  const { command, args } = programOf(healthcheck);
  const env = environmentOf({ environment });
  return (await runToEnd(command, args, { env, signal, timeoutMs: 5_000 })).code === 0;
}

/** For images whose health check is a program that this machine may not have: it asks its last argument, an address. */
async function answers(url: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return (await fetch(url, { signal: withTimeout(signal, 2_000) })).ok;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}

/** Paths of programs are relative to the image's working folder, which holds what the repository's root does. */
function programOf([program, ...args]: readonly string[]): { command: string; args: string[] } {
  const [first = '', ...others] = args;
  const isFile = program === 'node' && first.endsWith('.js');
  return {
    command: program === 'node' ? process.execPath : String(program),
    args: isFile ? [join(WORKSPACE_ROOT, first), ...others] : args,
  };
}

function environmentOf({ environment }: Pick<PlacedProcess, 'environment'>): NodeJS.ProcessEnv {
  return { ...inheritedEnvironment(process.env), ...environment };
}
