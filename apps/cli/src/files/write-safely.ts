import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, rename, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandFailure, Interrupted } from '../runtime/failure.js';
import { systemCode } from '../runtime/error-shape.js';

export interface WriteOptions {
  /** Replaces a file that is there. */
  readonly force: boolean;
  /** Makes the folder, for its owner alone, where it is missing. */
  readonly makeFolder?: boolean;
  /** Permissions. Default 0600. */
  readonly mode?: number;
}

/** What stands in a file: a text, or one that comes piece by piece and never is in memory as a whole. */
type Content = string | AsyncIterable<string>;

/**
 * Writes a file as a whole or not at all, on disk when this returns. Without `force` a file that is there stays, also
 * one that somebody makes at the same moment.
 */
export async function writeSafely(
  path: string,
  text: Content,
  { force, makeFolder = false, mode = 0o600 }: WriteOptions,
): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    if (makeFolder) await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeToDisk(draft, text, mode);
    // A link fails where the name is taken, which a rename does not.
    if (force) await rename(draft, path);
    else await link(draft, path);
    await syncFolder(folder);
  } catch (cause) {
    // The content itself could not be had.
    if (cause instanceof CommandFailure || cause instanceof Interrupted) throw cause;
    throw unwritable(path, cause);
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

/** Throws where a file is there already, for what should be known before the work is done. */
export async function refuseExisting(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return;
    throw unwritable(path, cause);
  }
  throw existing(path);
}

async function writeToDisk(path: string, text: Content, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    // The umask took permissions away where `open` alone gave them.
    await file.chmod(mode);
    await writeFile(file, text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'the permissions of its folder forbid it',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'no file may grow so large here',
  EROFS: 'the disk is read-only',
};

function unwritable(path: string, cause: unknown): CommandFailure {
  const code = systemCode(cause) ?? 'unknown cause';
  if (code === 'EEXIST') return existing(path);
  return new CommandFailure(
    'invalid-input',
    `${path} cannot be written: ${CAUSES[code] ?? code}; nothing was written.`,
    { nextStep: 'Correct that, or give another path.', cause },
  );
}

function existing(path: string): CommandFailure {
  return new CommandFailure('invalid-input', `${path} is there already; it was not touched.`, {
    nextStep: 'Give another name, or replace it with --force.',
  });
}
