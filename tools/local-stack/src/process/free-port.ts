import { createServer } from 'node:net';
import { isSystemError, StackError } from '../stack-error.js';

/** The only address that anything of the local stack listens on. */
export const LOOPBACK = '127.0.0.1';

/**
 * Finds a free port of 127.0.0.1, or checks that the wanted one is free.
 *
 * Somebody may take it before it is used: whoever asked for any port tries again then.
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
