import {
  chmod,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
} from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from './system-error-code.js';

/**
 * What a file of the spool is: `waiting` to be stored; `unfinished`, whose writer may still be at it or may have died;
 * set `aside`, because it could not be read or does not belong to this database.
 */
type SpoolFileState = 'waiting' | 'unfinished' | 'aside';

/** A file of the spool. Its name is an attempt's id, so that it tells nothing of anybody. */
export interface SpoolFile {
  id: string;
  state: SpoolFileState;
}

const SUFFIX: Readonly<Record<SpoolFileState, string>> = {
  waiting: '.spool',
  unfinished: '.spool-part',
  aside: '.spool-aside',
};
const NAME = /^(.+)(\.spool|\.spool-part|\.spool-aside)$/;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * A folder of small files that outlive the process, the machine's crash included: a file is there whole or not at
 * all, and what was written or removed is forced to the disk before anybody is told so.
 */
export class SpoolFolder {
  private constructor(private readonly path: string) {}

  /**
   * Opens the folder, made if it is missing, and tries out that it can be written to. Throws the system's error.
   *
   * @param path of a folder that nobody else needs; its files are made unreadable to others
   */
  static async open(path: string): Promise<SpoolFolder> {
    await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) await chmod(path, PRIVATE_FOLDER);
    const folder = new SpoolFolder(path);
    const trial = join(path, `.trial-${process.pid}`);
    await writeThrough(trial, Buffer.of(0));
    // Another process in a container of its own may have the same number and the same folder.
    await rm(trial, { force: true });
    return folder;
  }

  /**
   * Writes a file: first under another name, then under its own.
   *
   * @param beforeRename called when all of it is on the disk, under the other name
   */
  async write(id: string, content: Uint8Array, beforeRename: () => Promise<void>): Promise<void> {
    const part = this.pathOf({ id, state: 'unfinished' });
    try {
      await writeThrough(part, content);
      await beforeRename();
      await rename(part, this.pathOf({ id, state: 'waiting' }));
    } catch (error) {
      await unlink(part).catch(() => undefined);
      throw error;
    }
    await this.sync();
  }

  /** Every file of the spool; those of other names are not ours. */
  async list(): Promise<SpoolFile[]> {
    const names = await readdir(this.path);
    return names.sort().flatMap((name) => {
      const [, id, suffix] = NAME.exec(name) ?? [];
      const state = (['waiting', 'unfinished', 'aside'] as const).find(
        (candidate) => SUFFIX[candidate] === suffix,
      );
      return id === undefined || state === undefined ? [] : [{ id, state }];
    });
  }

  /** The file's content; null where it is gone, as another process may have seen to it. */
  read(file: SpoolFile): Promise<Buffer | null> {
    return unlessGone(readFile(this.pathOf(file)));
  }

  /** How long ago a file was written to, in milliseconds; null where it is gone. */
  async age(file: SpoolFile, now: Date): Promise<number | null> {
    const found = await unlessGone(lstat(this.pathOf(file)));
    return found && now.getTime() - found.mtimeMs;
  }

  /** Answers whether it was there, as another process may have removed it. */
  async remove(file: SpoolFile): Promise<boolean> {
    const removed = await unlessGone(unlink(this.pathOf(file)).then(() => true));
    await this.sync();
    return removed === true;
  }

  /** Takes a file out of the way and keeps it. */
  async setAside(file: SpoolFile): Promise<void> {
    await unlessGone(rename(this.pathOf(file), this.pathOf({ id: file.id, state: 'aside' })));
    await this.sync();
  }

  private pathOf({ id, state }: SpoolFile): string {
    return join(this.path, id + SUFFIX[state]);
  }

  /** Makes names that were added, changed or removed outlive a crash of the machine. */
  private async sync(): Promise<void> {
    const folder = await open(this.path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

async function writeThrough(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'w', PRIVATE_FILE);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function unlessGone<Result>(action: Promise<Result>): Promise<Result | null> {
  try {
    return await action;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
