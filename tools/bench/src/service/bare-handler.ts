import { startBareProcess, type BareSetting } from './bare-process.js';

export interface BareHandler {
  pid: number;
  url: string;
  stop: () => Promise<void>;
}

/** Starts, in a process of its own, a handler that does the api's work at the gateway and at the database alone. */
export async function startBareHandler(setting: BareSetting): Promise<BareHandler> {
  const { pid, reply, stop } = startBareProcess('bare-handler-main', setting);
  const message = await reply();
  if (typeof message !== 'object' || message === null || !('url' in message)) {
    throw new Error('The bare handler does not say where it listens.');
  }
  return { pid, url: String(message.url), stop };
}
