import { join } from 'node:path';
import type { Account } from '../process/account.js';
import { LOOPBACK, startOnFreePort } from '../process/free-port.js';
import type { ChildExit } from '../process/managed-child.js';
import { prepareBinaries } from './binaries.js';
import { ensureDatabase, readServerVersion } from './clone-database.js';
import { prepareCluster, ROLE } from './cluster.js';
import { stopLeftoverServer } from './postmaster.js';
import { startServer } from './server.js';

/** A running Postgres server that listens on 127.0.0.1 alone. */
export interface RunningPostgres {
  /** Connects to the database `postgres`, as a role that may make databases. */
  url: string;
  /** Connects to the database of that name. */
  urlFor(database: string): string;
  port: number;
  pid: number;
  version: string;
  logFile: string;
  /** Settles when the server has ended, for whatever reason. */
  exited: Promise<ChildExit>;
  stop(): Promise<void>;
}

interface RunPostgresOptions {
  /** The folder of the npm package that holds the server's programs. */
  nativeFolder: string;
  dataDir: string;
  account: Account | undefined;
  password: string;
  /** 0 for any free one. */
  port: number;
  durability: boolean;
  /** Made unless it is there. */
  database?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Runs Postgres on a data folder that is locked by the caller: makes the cluster at the first start, and stops a
 * server that an earlier start left behind.
 */
export async function runPostgres(options: RunPostgresOptions): Promise<RunningPostgres> {
  const { nativeFolder, dataDir, account, password, database, signal } = options;
  const binaries = await prepareBinaries(nativeFolder, join(dataDir, 'binaries'), account);
  const cluster = await prepareCluster(dataDir, { ...options, binaries, signal });
  await stopLeftoverServer(cluster, signal);
  const { child, logFile, port } = await startOnFreePort(options.port, '--database-port', (free) =>
    startServer({ ...options, postgres: binaries.postgres, cluster, port: free, signal }),
  );

  const urlFor = (name: string) => `postgres://${ROLE}:${password}@${LOOPBACK}:${port}/${name}`;
  const url = urlFor('postgres');
  try {
    if (database !== undefined) await ensureDatabase(url, database);
    return {
      url,
      urlFor,
      port,
      pid: child.pid,
      version: await readServerVersion(url),
      logFile,
      exited: child.exited,
      stop: async () => {
        await child.stop();
      },
    };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
