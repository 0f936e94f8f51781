import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a contender without the api needs of the stage: where to go, and keys as PEM. */
export interface BareSetting {
  databaseUrl: string;
  gatewayUrl: string;
  appPrivateKey: string;
  alipayPublicKey: string;
}

/** A contender in a process of its own. */
export interface BareProcess {
  child: ChildProcess;
  pid: number;
  /** Its next message; throws where it ends before. */
  reply: () => Promise<unknown>;
  stop: () => Promise<void>;
}

/** Starts one of the programs of this folder and hands it its setting. */
export function startBareProcess(program: string, setting: BareSetting): BareProcess {
  const path = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
  const child = fork(path, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  child.send(setting);
  return {
    child,
    pid: child.pid ?? NaN,
    reply: async () => {
      const ended = exited.then(() => {
        throw new Error(`${program} ended before it answered.`);
      });
      return ((await Promise.race([once(child, 'message'), ended])) as unknown[])[0];
    },
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
