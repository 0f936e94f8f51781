import { join } from 'node:path';
import { keepSecret, randomKey } from '../folders/secrets.js';
import type { Account } from '../process/account.js';
import { messageOf, StackError } from '../stack-error.js';
import { locateNativeFolder } from '../postgres/binaries.js';
import { ensureRole, readServerVersion } from '../postgres/clone-database.js';
import { runPostgres, type RunningPostgres } from '../postgres/run-postgres.js';
import { keepPassword } from '../postgres/start-postgres.js';

const DATABASE = 'zhimaper';
/** The role of the api on a server of our own: it can neither change the schema nor the audit trail. */
const SERVICE_ROLE = 'zhimaper_api';

/** The database that the api works on, whoever runs it. */
export interface StackDatabase {
  url: string;
  /** The same as the role that the api runs as. */
  serviceUrl: string;
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
    const version = await readServerVersion(url);
    return { url, serviceUrl: url, version, server: undefined };
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
  const url = server.urlFor(DATABASE);
  try {
    const serviceUrl = await makeServiceRole(url, options.dataDir);
    return { url, serviceUrl, version: server.version, server };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function makeServiceRole(adminUrl: string, dataDir: string): Promise<string> {
  const file = join(dataDir, 'secrets', 'service-role-password');
  const password = await keepSecret(file, () => randomKey('hex'));
  await ensureRole(adminUrl, SERVICE_ROLE, password);
  const url = new URL(adminUrl);
  url.username = SERVICE_ROLE;
  url.password = password;
  return url.href;
}
