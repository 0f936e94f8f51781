import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../stack-error.js';
import { makeFolder } from './data-folder.js';

/**
 * Starts a log file for one run of a process; the run before keeps its own as `NAME.previous.log`.
 *
 * @returns the file's path; whoever writes first makes it
 */
export async function startLog(dataDir: string, name: string): Promise<string> {
  const folder = join(dataDir, 'logs');
  await makeFolder(folder, 0o700);
  const file = join(folder, `${name}.log`);
  try {
    await rename(file, join(folder, `${name}.previous.log`));
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
  }
  return file;
}

/** The last lines of a log file, empty when there is none. */
export async function readTail(file: string, lines: number): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-lines).join('\n');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return '';
    throw error;
  }
}
