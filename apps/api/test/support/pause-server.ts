import { readFile } from 'node:fs/promises';
import type { EmbeddedPostgres } from '@zhimaper/local-stack';

/** Stops every process of a database server where it stands, and answers what lets them go on. */
export async function pauseServer({ pid }: EmbeddedPostgres): Promise<() => Promise<void>> {
  // The server's own process and those that it made for connections and for its work.
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  const pids = [pid, ...children.trim().split(' ').map(Number)];
  const signal = async (name: NodeJS.Signals) => {
    for (const one of pids) process.kill(one, name);
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await signal('SIGSTOP');
  return () => signal('SIGCONT');
}
