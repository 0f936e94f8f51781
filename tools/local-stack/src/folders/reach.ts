import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Account } from '../process/account.js';
import { isSystemError } from '../stack-error.js';

/** Whom a file belongs to and what it permits, as stat(2) tells. */
interface Ownership {
  uid: number;
  gid: number;
  mode: number;
}

/** Read, write and execute as in one octal digit of a file's mode. */
export const READ = 4;
export const ENTER = 1;

/** Whether a user other than root may do all of `wanted`: the digit of the owner, the group or the others decides alone. */
export function permits(
  file: Ownership,
  account: Pick<Account, 'uid' | 'gid'>,
  wanted: number,
): boolean {
  const shift = file.uid === account.uid ? 6 : file.gid === account.gid ? 3 : 0;
  return ((file.mode >> shift) & wanted) === wanted;
}

/**
 * The first folder on the way to `path` that the user may not enter; undefined when there is none.
 *
 * What does not exist yet counts as enterable, since it is made so.
 */
export async function findObstacle(path: string, account: Account): Promise<string | undefined> {
  const folder = await nearestExisting(path);
  for (const step of stepsTo(folder)) {
    if (!permits(await stat(step), account, ENTER)) return step;
  }
  return undefined;
}

async function nearestExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isSystemError(error, 'ENOENT') || dirname(path) === path) throw error;
    return nearestExisting(dirname(path));
  }
}

function stepsTo(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [...stepsTo(parent), folder];
}
