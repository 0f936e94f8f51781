import type { Account } from '../process/account.js';
import { messageOf, StackError } from '../stack-error.js';
import { locateNativeFolder } from '../postgres/binaries.js';
import { readServerVersion } from '../postgres/clone-database.js';
import { runPostgres, type RunningPostgres } from '../postgres/run-postgres.js';
import { keepPassword } from '../postgres/start-postgres.js';

const DATABASE = 'zhimaper';

/** The database that the api works on, whoever runs it. */
export interface StackDatabase {
  url: string;
  version: string;
  /** Ours to stop; undefined where it is another's. */
  server: RunningPostgres | undefined;
}

/**
 * Finds the database named by its URL.
 *
 * @throws StackError `DATABASE_FAILED` when it cannot be reached
 */
export async function reachDatabase(url: string): Promise<StackDatabase> {
  try {
    return { url, version: await readServerVersion(url), server: undefined };
  } catch (error) {
    throw new StackError('DATABASE_FAILED', `Cannot use DATABASE_URL: ${messageOf(error)}.`, {
      nextStep: 'Correct it, or unset it for an embedded server.',
      cause: error,
    });
  }
}

interface RunDatabaseOptions {
  dataDir: string;
  account: Account | undefined;
  port: number;
  durability: boolean;
  signal: AbortSignal | undefined;
}

/** Runs a Postgres server of our own, with the stack's database on it. */
export async function runDatabase(options: RunDatabaseOptions): Promise<StackDatabase> {
  const server = await runPostgres({
    ...options,
    nativeFolder: locateNativeFolder(),
    password: await keepPassword(options.dataDir),
    database: DATABASE,
  });
  return { url: server.urlFor(DATABASE), version: server.version, server };
}
