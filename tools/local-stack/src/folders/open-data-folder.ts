import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Account } from '../process/account.js';
import { makeTemporaryFolder, prepareDataFolder } from './data-folder.js';
import { lockFolder } from './lock.js';

/** A data folder that is ours alone until closed. */
export interface OpenDataFolder {
  path: string;
  /** Lets others in again; a temporary folder is removed. */
  close(): Promise<void>;
}

/**
 * Makes or finds the data folder and takes it for this process.
 *
 * @param requested without it, a temporary folder
 * @param account the user that Postgres runs as, where that is another
 * @throws StackError `ALREADY_RUNNING` or `FOLDER_UNUSABLE`
 */
export async function openDataFolder(
  requested: string | undefined,
  account: Account | undefined,
): Promise<OpenDataFolder> {
  const path =
    requested === undefined
      ? await makeTemporaryFolder(account)
      : await prepareDataFolder(resolve(requested), account);
  const lock = await lockFolder(path);
  return {
    path,
    close: async () => {
      await lock.release();
      if (requested === undefined) await rm(path, { recursive: true, force: true });
    },
  };
}
