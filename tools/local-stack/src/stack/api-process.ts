import { join } from 'node:path';
import { readTail, startLog } from '../folders/logs.js';
import { LOOPBACK, startOnFreePort } from '../process/free-port.js';
import {
  startChild,
  type ChildExit,
  type ManagedChild,
  type StopStep,
} from '../process/managed-child.js';
import { waitUntil } from '../process/wait-until.js';
import { StackError } from '../stack-error.js';
import { withTimeout } from './api-calls.js';
import { WORKSPACE_ROOT } from './workspace.js';

const READY_TIMEOUT_MS = 60_000;

/** The api ends calls under way after six seconds and writes that down; stopping everything may take ten. */
export const API_STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGTERM', seconds: 6.8 },
  { signal: 'SIGKILL', seconds: 0.3 },
];

interface StartApiOptions {
  dataDir: string;
  env: NodeJS.ProcessEnv;
  /** 0 for any free one. */
  port: number;
  signal: AbortSignal | undefined;
}

/** The running api. */
export interface RunningApi {
  /** Its base URL, without a slash at the end. */
  url: string;
  logFile: string;
  exited: Promise<ChildExit>;
  stop(): Promise<unknown>;
}

/**
 * Starts the api as a child process and waits until it is ready.
 *
 * @throws StackError `PORT_IN_USE`, or `API_FAILED` with its log
 */
export async function startApi(options: StartApiOptions): Promise<RunningApi> {
  return startOnFreePort(options.port, '--port', (port) => startOnPort(port, options));
}

async function startOnPort(
  port: number,
  { dataDir, env, signal }: StartApiOptions,
): Promise<RunningApi> {
  const logFile = await startLog(dataDir, 'api');
  const child = await startChild(
    process.execPath,
    [join(WORKSPACE_ROOT, 'apps', 'api', 'bin', 'api.js')],
    { env: { ...env, PORT: String(port) }, logFile, stopSteps: API_STOP_STEPS },
  );
  const url = `http://${LOOPBACK}:${port}`;
  try {
    const state = await waitUntil(() => stateOf(child, url, signal), {
      timeoutMs: READY_TIMEOUT_MS,
      intervalMs: 40,
      signal,
    });
    if (state === 'ready') return { url, logFile, exited: child.exited, stop: () => child.stop() };
    if ((await readTail(logFile, 50)).includes('EADDRINUSE')) {
      throw new StackError('PORT_IN_USE', `Port ${port} of ${LOOPBACK} is taken.`, {
        nextStep: 'Choose another with --port.',
      });
    }
    const how = child.exit
      ? `ended at once, ${describeExit(child.exit)}`
      : `was not ready within ${READY_TIMEOUT_MS / 1000} s`;
    throw new StackError('API_FAILED', `The api ${how}.`, {
      nextStep: 'See its log; after a change of the code, run "npm run build".',
      logFile,
    });
  } catch (error) {
    await child.stop();
    throw error;
  }
}

async function stateOf(
  child: ManagedChild,
  url: string,
  signal: AbortSignal | undefined,
): Promise<'ready' | 'ended' | undefined> {
  if (child.exit) return 'ended';
  try {
    const response = await fetch(`${url}/health/ready`, { signal: withTimeout(signal, 2_000) });
    await response.arrayBuffer();
    return response.status === 200 ? 'ready' : undefined;
  } catch {
    return undefined;
  }
}

/** How a process ended, in words. */
export function describeExit({ code, signal }: ChildExit): string {
  return signal ? `by ${signal}` : `with exit status ${code ?? 'unknown'}`;
}
