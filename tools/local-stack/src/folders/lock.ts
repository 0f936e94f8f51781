import { constants, copyFile, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspectProcess } from '../process/inspect-process.js';
import { isSystemError, StackError } from '../stack-error.js';

const LOCK_FILE = 'running.lock';
const ATTEMPTS = 10;

/** The process that works on a data folder, told apart from a later one of the same number by its start. */
interface Holder {
  pid: number;
  startedAt: string;
}

/** The right to be the only one who works on a data folder. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a data folder for this process; a lock left behind by a process that is gone does not count.
 *
 * @throws StackError `ALREADY_RUNNING` when a live process has it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = join(folder, LOCK_FILE);
  const facts = await inspectProcess(process.pid);
  const mine = JSON.stringify({ pid: process.pid, startedAt: facts?.startedAt ?? '' });
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (await create(file, mine)) return { release: () => rm(file, { force: true }) };
    const content = await read(file);
    const holder = content === undefined ? undefined : parseHolder(content);
    if (holder && (await isAlive(holder))) throw alreadyRunning(folder, holder);
    // Its writer may be between making the file and filling it.
    if (content === '' && attempt < ATTEMPTS / 2) await sleep(50);
    else if (content !== undefined) await setAside(file, content);
  }
  throw new StackError('ALREADY_RUNNING', `Several starts contend for ${folder}.`, {
    nextStep: `Try again; if nothing runs, delete ${file}.`,
  });
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(content).finally(() => handle.close());
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  }
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parseHolder(content: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('pid' in value) || typeof value.pid !== 'number') return undefined;
    if (!('startedAt' in value) || typeof value.startedAt !== 'string') return undefined;
    return { pid: value.pid, startedAt: value.startedAt };
  } catch {
    return undefined;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  return (await inspectProcess(holder.pid))?.startedAt === holder.startedAt;
}

/** Removes the stale lock that was read, and no other: another start may have replaced it in between. */
async function setAside(file: string, expected: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
    if ((await read(aside)) !== expected) await copyFile(aside, file, constants.COPYFILE_EXCL);
  } catch (error) {
    if (!isSystemError(error, 'ENOENT', 'EEXIST')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function alreadyRunning(folder: string, holder: Holder): StackError {
  return new StackError(
    'ALREADY_RUNNING',
    `The local stack already runs on ${folder}, as process ${holder.pid}.`,
    {
      nextStep: `Use that one, stop it with "kill ${holder.pid}", or start a second one with --data-dir.`,
    },
  );
}
