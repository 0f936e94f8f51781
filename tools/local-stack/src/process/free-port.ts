import { createServer } from 'node:net';
import { isSystemError, StackError } from '../stack-error.js';

/** The only address that anything of the local stack listens on. */
export const LOOPBACK = '127.0.0.1';

/** How often another free port is tried when somebody was faster. */
const ATTEMPTS = 5;

/**
 * Starts something on a free port, and on another one when somebody took it in between.
 *
 * @param wanted a port, which alone is tried, or 0 for any
 * @param option the option that chooses this port, for the message
 * @param start throws StackError `PORT_IN_USE` when the port is taken
 */
export async function startOnFreePort<T>(
  wanted: number,
  option: string,
  start: (port: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await findFreePort(wanted, option));
    } catch (error) {
      const isTaken = error instanceof StackError && error.code === 'PORT_IN_USE';
      if (!isTaken || wanted !== 0 || attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * Finds a free port of 127.0.0.1, or checks that the wanted one is free.
 *
 *
 * @param wanted a port, or 0 for any
 * @param option the option that chooses this port, for the message
 * @throws StackError `PORT_IN_USE` when the wanted port is taken or reserved
 */
export async function findFreePort(wanted: number, option: string): Promise<number> {
  const server = createServer();
  try {
    return await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, LOOPBACK, () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : wanted);
      });
    });
  } catch (error) {
    if (!isSystemError(error, 'EADDRINUSE', 'EACCES')) throw error;
    throw new StackError('PORT_IN_USE', `Port ${wanted} of ${LOOPBACK} is taken or reserved.`, {
      nextStep: `Choose another with ${option}, or ${option} 0 for any free one.`,
      cause: error,
    });
  } finally {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
}
