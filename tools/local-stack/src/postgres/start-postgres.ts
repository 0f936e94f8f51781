import { join } from 'node:path';
import { makeFolder } from '../folders/data-folder.js';
import { openDataFolder } from '../folders/open-data-folder.js';
import { keepSecret, randomKey } from '../folders/secrets.js';
import { findPostgresAccount } from '../process/account.js';
import { locateNativeFolder } from './binaries.js';
import { runPostgres, type RunningPostgres } from './run-postgres.js';

export interface StartPostgresOptions {
  /** Keeps the data there; without it they go to a temporary folder that `stop()` removes. */
  dataDir?: string;
  /** False for tests: nothing is forced to the disk, so a crash of the machine loses the cluster. */
  durability: boolean;
  /** Default 0, any free one. */
  port?: number;
  signal?: AbortSignal;
  /** Where the server's programs are; default their npm package. */
  nativeFolder?: string;
}

/** A Postgres server of our own, with the folder that holds its data. */
export interface EmbeddedPostgres extends RunningPostgres {
  /** Another than the one asked for where Postgres' user may not go there. */
  dataDir: string;
}

/**
 * Starts an embedded Postgres server on 127.0.0.1, and as another user where we are root.
 *
 * It ends with this process at the latest, however that ends.
 *
 * @throws StackError with a code, what to do, and the log's name
 *
 * @example
 * const postgres = await startPostgres({ durability: false });
 * const client = new Client(postgres.url);
 * …
 * await postgres.stop();
 */
export async function startPostgres(options: StartPostgresOptions): Promise<EmbeddedPostgres> {
  const account = await findPostgresAccount();
  const folder = await openDataFolder(options.dataDir, account);
  const dataDir = folder.path;
  try {
    const postgres = await runPostgres({
      nativeFolder: options.nativeFolder ?? locateNativeFolder(),
      dataDir,
      account,
      password: await keepPassword(dataDir),
      port: options.port ?? 0,
      durability: options.durability,
      signal: options.signal,
    });
    const stop = async () => {
      await postgres.stop();
      await folder.close();
    };
    return { ...postgres, dataDir, stop };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** The password of the data folder's server, made at the first start. */
export async function keepPassword(dataDir: string): Promise<string> {
  const secrets = join(dataDir, 'secrets');
  await makeFolder(secrets, 0o700);
  return keepSecret(join(secrets, 'postgres-password'), () => randomKey('hex'));
}
