import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { isSystemError } from '../stack-error.js';

/**
 * Reads a secret from its file, or makes it at the first start.
 *
 * What it protects is worthless without it: it is on the disk before anything can be encrypted with it.
 */
export async function keepSecret(file: string, make: () => string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
  }
  const secret = make();
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(`${secret}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  return secret;
}

/** 256 random bits. */
export function randomKey(encoding: 'base64' | 'hex'): string {
  return randomBytes(32).toString(encoding);
}
