import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StackError } from '../stack-error.js';

/** A user of this machine, by number. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** The user's own where the system has Postgres installed, else the one that every system has. */
const CANDIDATES = ['postgres', 'nobody'];

/**
 * Finds the user that Postgres runs as when we are root, which it refuses to be; undefined when we are not root.
 *
 * @throws StackError `UNSUPPORTED_MACHINE` when the machine has none of the users known for this
 */
export async function findPostgresAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of CANDIDATES) {
    const [uid, gid] = await Promise.all([numberOf('-u', name), numberOf('-g', name)]);
    if (uid && gid !== undefined) return { name, uid, gid };
  }
  throw new StackError(
    'UNSUPPORTED_MACHINE',
    `Postgres refuses to run as root, and this machine has no user ${CANDIDATES.join(' or ')}.`,
    { nextStep: 'Run as another user, add a user postgres, or name a database in DATABASE_URL.' },
  );
}

async function numberOf(flag: '-u' | '-g', name: string): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)('id', [flag, name], { timeout: 5_000 });
    return Number.parseInt(stdout, 10);
  } catch {
    return undefined;
  }
}
