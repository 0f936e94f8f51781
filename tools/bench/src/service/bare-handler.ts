import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What the handler needs of the stage: where to go, and keys as PEM. */
export interface BareHandlerSetting {
  databaseUrl: string;
  gatewayUrl: string;
  appPrivateKey: string;
  alipayPublicKey: string;
}

export interface BareHandler {
  pid: number;
  url: string;
  stop: () => Promise<void>;
}

const MAIN = fileURLToPath(new URL('./bare-handler-main.js', import.meta.url));

/** Starts, in a process of its own, a handler that does the api's work at the gateway and at the database alone. */
export async function startBareHandler(setting: BareHandlerSetting): Promise<BareHandler> {
  const child = fork(MAIN, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  child.send(setting);
  const message: unknown = (await Promise.race([once(child, 'message'), exited]))[0];
  if (typeof message !== 'object' || message === null || !('url' in message)) {
    throw new Error('The bare handler ended before it listened.');
  }
  return {
    pid: child.pid ?? NaN,
    url: String(message.url),
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
