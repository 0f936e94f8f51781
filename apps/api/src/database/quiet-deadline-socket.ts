import { Socket } from 'node:net';

/**
 * A socket that gives up a connection on which nothing moved for so long: the server is gone, or the network
 * between lost the connection without a word.
 *
 * The driver's own time-out for a statement leaves the dead connection in the pool, where the next statement
 * waits behind it for just as long. Here the connection ends, and every statement on it fails at once.
 *
 * @param milliseconds longer than any statement may take without a word from the server
 * @example new Pool({ stream: () => createQuietDeadlineSocket(8_000) });
 */
export function createQuietDeadlineSocket(milliseconds: number): Socket {
  const socket = new Socket();
  socket.setTimeout(milliseconds, () => {
    const message = `The database said nothing for ${milliseconds} ms.`;
    socket.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }));
  });
  return socket;
}
