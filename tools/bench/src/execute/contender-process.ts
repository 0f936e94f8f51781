import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Contender } from '../measure/measure.js';
import type { Spent } from '../measure/spent.js';
import type { CallSetting, ContenderName } from './contenders.js';

/** What the child is told first, and what it is told then for each round. */
export interface Opening {
  name: ContenderName;
  setting: CallSetting;
}
export interface Round {
  calls: number;
  atOnce: number;
}

export interface ContenderProcess {
  pid: number;
  at: (atOnce: number) => Contender;
  stop: () => Promise<void>;
}

const MAIN = fileURLToPath(new URL('./contender-main.js', import.meta.url));

/**
 * Starts a contender in a process of its own. They would disturb one another in one: the official SDK's HTTP client
 * subscribes to undici's diagnostics, which slows down every other user of undici.
 */
export function startContender(
  name: ContenderName,
  setting: CallSetting,
  environment: NodeJS.ProcessEnv = {},
): ContenderProcess {
  const child = fork(MAIN, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  child.send({ name, setting } satisfies Opening);
  return {
    pid: child.pid ?? NaN,
    at: (atOnce) => ({
      name,
      run: async (calls) => {
        child.send({ calls, atOnce } satisfies Round);
        const reply: unknown = (await Promise.race([once(child, 'message'), exited]))[0];
        if (isSpent(reply)) return reply;
        throw new Error(`${name} ended before its round was over.`);
      },
    }),
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

function isSpent(reply: unknown): reply is Spent {
  return typeof reply === 'object' && reply !== null && 'wall' in reply;
}
