import { readFile } from 'node:fs/promises';
import { startLog } from '../folders/logs.js';
import type { Account } from '../process/account.js';
import { LOOPBACK } from '../process/free-port.js';
import { startChild, type ManagedChild } from '../process/managed-child.js';
import { waitUntil } from '../process/wait-until.js';
import { messageOf, StackError } from '../stack-error.js';
import { SERVER_ENVIRONMENT } from './cluster.js';
import { POSTGRES_STOP_STEPS, readPostmasterFile } from './postmaster.js';

/** A server that takes longer recovers from a crash, which is worth waiting for. */
const START_TIMEOUT_MS = 60_000;

interface ServerOptions {
  postgres: string;
  cluster: string;
  dataDir: string;
  account: Account | undefined;
  port: number;
  durability: boolean;
  signal: AbortSignal | undefined;
}

/** The server's process, with where it writes what happens. */
interface RunningServer {
  child: ManagedChild;
  port: number;
  logFile: string;
}

/**
 * Starts the server on its cluster and waits until it takes connections.
 *
 * @throws StackError `PORT_IN_USE` when somebody took the port meanwhile, `DATABASE_FAILED` otherwise
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { postgres, cluster, dataDir, account, signal } = options;
  const logFile = await startLog(dataDir, 'postgres');
  const child = await startOrExplain(postgres, serverArguments(options), logFile, account);
  try {
    const state = await waitUntil(() => stateOf(child, cluster), {
      timeoutMs: START_TIMEOUT_MS,
      intervalMs: 10,
      signal,
    });
    if (state === 'ready') return { child, port: options.port, logFile };
    if ((await readFile(logFile, 'utf8')).includes('could not bind')) {
      throw new StackError('PORT_IN_USE', `Port ${options.port} of ${LOOPBACK} is taken.`, {
        nextStep: 'Choose another with --database-port.',
      });
    }
    const how = state === 'ended' ? 'ended at once' : 'took no connections in time';
    throw new StackError('DATABASE_FAILED', `The server on ${cluster} ${how}.`, {
      nextStep: 'See its log, or name a database in DATABASE_URL.',
      logFile,
    });
  } catch (error) {
    await child.stop();
    throw error;
  }
}

function serverArguments({ cluster, port, durability }: ServerOptions): string[] {
  const settings = [
    `listen_addresses=${LOOPBACK}`,
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    // Neither the statements nor the rows of people belong in a log file.
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    ...(durability
      ? []
      : [
          'fsync=off',
          'synchronous_commit=off',
          'full_page_writes=off',
          'wal_level=minimal',
          'max_wal_senders=0',
        ]),
  ];
  return ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
}

async function startOrExplain(
  postgres: string,
  args: readonly string[],
  logFile: string,
  account: Account | undefined,
): Promise<ManagedChild> {
  try {
    return await startChild(postgres, args, {
      env: SERVER_ENVIRONMENT,
      logFile,
      stopSteps: POSTGRES_STOP_STEPS,
      account,
    });
  } catch (error) {
    throw new StackError('DATABASE_FAILED', `Cannot run ${postgres}: ${messageOf(error)}.`, {
      nextStep: 'Name a database in DATABASE_URL.',
      cause: error,
    });
  }
}

async function stateOf(
  child: ManagedChild,
  cluster: string,
): Promise<'ready' | 'ended' | undefined> {
  if (child.exit) return 'ended';
  const file = await readPostmasterFile(cluster);
  return file?.pid === child.pid && file.ready ? 'ready' : undefined;
}
