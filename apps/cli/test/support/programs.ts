import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BINARY = fileURLToPath(new URL('../../bin/zhimaper.js', import.meta.url));

/** Puts `zhimaper` into a folder, for shells that look programs up by name; answers the PATH to give them. */
export async function installProgram(folder: string): Promise<string> {
  await writeProgram(join(folder, 'zhimaper'), `exec '${process.execPath}' '${BINARY}' "$@"`);
  return `${folder}:${process.env['PATH'] ?? ''}`;
}

export async function writeProgram(path: string, body: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}
