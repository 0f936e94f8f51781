import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Contender } from '../measure/measure.js';
import { isSpent } from '../measure/spent.js';
import type { CallSetting, ContenderName } from './contenders.js';

/** What the child is told first, and what it is told then for each round. */
export interface Opening {
  name: ContenderName;
  setting: CallSetting;
  /** How many calls are in flight, in all rounds and before them. */
  atOnce: number;
  warmUpCalls: number;
}
export interface Round {
  calls: number;
}

export interface ContenderProcess {
  pid: number;
  contender: Contender;
  stop: () => Promise<void>;
}

/** A call takes up to twice its time until the compiler is done with all of it. */
export const WARM_UP_CALLS = { quick: 128, full: 2_048, scale: 2_048 };

const MAIN = fileURLToPath(new URL('./contender-main.js', import.meta.url));

/**
 * Starts a contender in a process of its own, and waits until it is warm: nobody is measured while another warms up.
 *
 * They would disturb one another in one process: the official SDK's HTTP client subscribes to undici's diagnostics,
 * which slows down every other user of undici.
 */
export async function startContender(
  opening: Opening,
  environment: NodeJS.ProcessEnv = {},
): Promise<ContenderProcess> {
  const { name } = opening;
  const child = fork(MAIN, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const answerTo = async (message: Opening | Round): Promise<unknown> => {
    child.send(message);
    const answer: unknown = (await Promise.race([once(child, 'message'), exited]))[0];
    if (child.exitCode === null && child.signalCode === null) return answer;
    throw new Error(`${name} ended before it was done.`);
  };
  await answerTo(opening);
  const run = async (calls: number) => {
    const spent = await answerTo({ calls });
    if (isSpent(spent)) return spent;
    throw new Error(`${name} did not say what its round took.`);
  };
  return {
    pid: child.pid ?? NaN,
    contender: { name, run },
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
