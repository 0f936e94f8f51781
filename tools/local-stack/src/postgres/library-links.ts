import { readFile, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isSystemError } from '../stack-error.js';

interface LibraryLink {
  source: string;
  target: string;
}

/**
 * Makes the links among the server's libraries, which an npm package cannot hold and its install script, where
 * scripts may run, adds.
 *
 * @param native the package's folder, or a copy of it
 * @returns false where nothing may be written
 */
export async function linkLibraries(native: string): Promise<boolean> {
  for (const { source, target } of await readLinks(native)) {
    try {
      await symlink(basename(source), join(native, target.replace(/^native\//, '')));
    } catch (error) {
      if (isSystemError(error, 'EACCES', 'EPERM', 'EROFS')) return false;
      if (!isSystemError(error, 'EEXIST')) throw error;
    }
  }
  return true;
}

async function readLinks(native: string): Promise<LibraryLink[]> {
  let list: unknown;
  try {
    list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
  return Array.isArray(list) ? list.filter(isLink) : [];
}

function isLink(value: unknown): value is LibraryLink {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    typeof value.source === 'string' &&
    'target' in value &&
    typeof value.target === 'string'
  );
}
