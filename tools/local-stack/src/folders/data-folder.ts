import { chmod, lstat, mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../process/account.js';
import { isSystemError, messageOf, StackError } from '../stack-error.js';
import { findObstacle } from './reach.js';

/** Names, inside the folder asked for, the one that the data went to instead. */
const POINTER = 'data-dir';

/** Where data survives a restart of the machine, and then where it at least may be. */
const LASTING_PLACES = ['/var/tmp', '/tmp'];

/**
 * Makes the folder for all data, or finds the one that an earlier start made.
 *
 * It is the one asked for, unless Postgres runs as another user who may not go there: then it is a folder under
 * `/var/tmp`, and a file in the one asked for says which, so that deleting the one asked for starts afresh.
 *
 * @param requested an absolute path
 * @param account the user that Postgres runs as, where that is another
 * @returns the absolute path of the folder
 * @throws StackError `FOLDER_UNUSABLE`
 */
export async function prepareDataFolder(
  requested: string,
  account: Account | undefined,
): Promise<string> {
  await makeFolder(requested, 0o700);
  const elsewhere = await followPointer(requested);
  if (elsewhere) return elsewhere;
  if (!account) return requested;

  // The folder itself is ours to open; its parents are not.
  await chmod(requested, (await stat(requested)).mode | 0o011);
  const obstacle = await findObstacle(requested, account);
  if (!obstacle) return requested;
  await refuseToForget(requested, obstacle, account);
  const folder = await makeEnterableFolder(LASTING_PLACES, account);
  await writeFile(join(requested, POINTER), `${folder}\n`, { mode: 0o600 });
  return folder;
}

/** Makes a new folder that ends with its use, where Postgres' user may go. */
export async function makeTemporaryFolder(account: Account | undefined): Promise<string> {
  return account
    ? makeEnterableFolder([tmpdir(), ...LASTING_PLACES], account)
    : mkdtemp(join(tmpdir(), 'zhimaper-'));
}

/** Makes a folder inside the data folder; only its owner may enter, unless `mode` says more. */
export async function makeFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode });
  } catch (error) {
    throw new StackError(
      'FOLDER_UNUSABLE',
      `Cannot make the folder ${path}: ${messageOf(error)}.`,
      {
        nextStep: 'Choose a folder that you may write to with --data-dir.',
        cause: error,
      },
    );
  }
}

async function followPointer(requested: string): Promise<string | undefined> {
  let folder: string;
  try {
    folder = (await readFile(join(requested, POINTER), 'utf8')).trim();
    const facts = await lstat(folder);
    // In a place that everybody may write to, a folder of the right name proves nothing.
    if (facts.isDirectory() && facts.uid === process.getuid?.()) return folder;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
  throw new StackError(
    'FOLDER_UNUSABLE',
    `The data of ${requested} is in ${folder}, which belongs to another user.`,
    { nextStep: `Run as that user, or delete ${requested} to start afresh.` },
  );
}

async function refuseToForget(
  requested: string,
  obstacle: string,
  account: Account,
): Promise<void> {
  try {
    await stat(join(requested, 'postgres'));
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return;
    throw error;
  }
  throw new StackError(
    'FOLDER_UNUSABLE',
    `The database in ${requested} runs as user ${account.name}, who may no longer enter ${obstacle}.`,
    { nextStep: `Run "chmod o+x ${obstacle}", or delete ${requested} to start afresh.` },
  );
}

async function makeEnterableFolder(places: readonly string[], account: Account): Promise<string> {
  for (const place of places) {
    try {
      if (await findObstacle(place, account)) continue;
      const folder = await mkdtemp(join(place, 'zhimaper-'));
      await chmod(folder, 0o711);
      return folder;
    } catch (error) {
      if (!isSystemError(error, 'ENOENT', 'EACCES', 'EROFS')) throw error;
    }
  }
  throw new StackError(
    'FOLDER_UNUSABLE',
    `User ${account.name}, who runs Postgres, may enter none of ${places.join(', ')}.`,
    { nextStep: 'Choose a folder that everybody may enter with --data-dir.' },
  );
}
