import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../process/account.js';
import { runToEnd } from '../process/run-to-end.js';
import { isSystemError, StackError } from '../stack-error.js';
import type { PostgresBinaries } from './binaries.js';

/** The one role of a local server; it may do everything there. */
export const ROLE = 'zhimaper';

const INITDB_TIMEOUT_MS = 60_000;

/** What initdb and the server get to see of the environment: another user could read there what is ours. */
export const SERVER_ENVIRONMENT = {
  PATH: process.env['PATH'],
  LC_ALL: 'C',
  TZ: 'UTC',
};

interface ClusterOptions {
  binaries: PostgresBinaries;
  account: Account | undefined;
  password: string;
  durability: boolean;
  signal: AbortSignal | undefined;
}

/**
 * Makes the database cluster in `dataDir`, or checks that the one there can be run.
 *
 * A cluster is there wholly or not at all: it is made beside and moved in place.
 *
 * @returns the cluster's folder
 * @throws StackError `DATABASE_FAILED`, or `FOLDER_UNUSABLE` when the one there is another version's or user's
 */
export async function prepareCluster(dataDir: string, options: ClusterOptions): Promise<string> {
  const cluster = join(dataDir, 'postgres');
  const version = await readClusterVersion(cluster);
  if (version === undefined) await initialise(cluster, options);
  else await checkCluster(cluster, version, options);
  return cluster;
}

async function initialise(
  cluster: string,
  { binaries, account, password, durability, signal }: ClusterOptions,
): Promise<void> {
  const workshop = `${cluster}.new`;
  await rm(workshop, { recursive: true, force: true });
  await mkdir(workshop, { mode: 0o700 });
  const passwordFile = join(workshop, 'password');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) {
    await chown(workshop, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const result = await runToEnd(
    binaries.initdb,
    [
      `--pgdata=${join(workshop, 'data')}`,
      `--username=${ROLE}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
      ...(durability ? [] : ['--no-sync']),
    ],
    { env: SERVER_ENVIRONMENT, account, signal, timeoutMs: INITDB_TIMEOUT_MS },
  );
  if (result.code !== 0) {
    const how = result.timedOut ? 'did not end in time' : 'failed';
    throw new StackError('DATABASE_FAILED', `initdb ${how}:\n${result.output.trim()}`, {
      nextStep: 'Check free space and limits, or name a database in DATABASE_URL.',
    });
  }
  await rename(join(workshop, 'data'), cluster);
  await rm(workshop, { recursive: true });
}

async function checkCluster(
  cluster: string,
  version: string,
  { binaries, account }: ClusterOptions,
): Promise<void> {
  if (version !== binaries.major) {
    throw new StackError(
      'FOLDER_UNUSABLE',
      `The data in ${cluster} is of Postgres ${version}, the server here is ${binaries.major}.`,
      { nextStep: 'Keep the old data elsewhere, and start with another --data-dir.' },
    );
  }
  const owner = (await stat(cluster)).uid;
  const runsAs = account?.uid ?? process.getuid?.();
  if (runsAs === undefined || owner === runsAs) return;
  throw new StackError(
    'FOLDER_UNUSABLE',
    `The data in ${cluster} belongs to user ${owner}, the server here would run as user ${runsAs}.`,
    { nextStep: 'Run as the user who made it, or start with another --data-dir.' },
  );
}

async function readClusterVersion(cluster: string): Promise<string | undefined> {
  try {
    return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    if (!isSystemError(error, 'EACCES')) throw error;
    throw new StackError('FOLDER_UNUSABLE', `The data in ${cluster} belongs to another user.`, {
      nextStep: 'Run as the user who made it, or start with another --data-dir.',
      cause: error,
    });
  }
}
