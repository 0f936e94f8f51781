import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface StaticGateway {
  pid: number;
  url: string;
  stop: () => Promise<void>;
}

const SERVER = fileURLToPath(new URL('./static-gateway-server.js', import.meta.url));

/**
 * Starts a server that gives every request the same answer, in a process of its own: what it costs is not measured
 * with whoever asks.
 */
export async function startStaticGateway(body: Buffer): Promise<StaticGateway> {
  const child = fork(SERVER, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  child.send(body.toString('base64'));
  const message: unknown = (await Promise.race([once(child, 'message'), exited]))[0];
  if (typeof message !== 'object' || message === null || !('port' in message)) {
    throw new Error('The static gateway ended before it listened.');
  }
  return {
    pid: child.pid ?? NaN,
    url: `http://127.0.0.1:${String(message.port)}/gateway.do`,
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
