import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createQuietDeadlineSocket } from './quiet-deadline-socket.js';

const accepted: Socket[] = [];
const server = createServer((socket) => accepted.push(socket));

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  for (const socket of accepted) socket.destroy();
  server.close();
});

async function connect(milliseconds: number) {
  const socket = createQuietDeadlineSocket(milliseconds);
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  const failure = once(socket, 'error').then(([error]) => error as NodeJS.ErrnoException);
  return { socket, failure };
}

describe('createQuietDeadlineSocket', () => {
  it('gives the connection up when nothing moved for so long', async () => {
    const { socket, failure } = await connect(60);
    const { code, message } = await failure;
    expect([code, message]).toEqual(['ETIMEDOUT', 'The database said nothing for 60 ms.']);
    expect(socket.destroyed).toBe(true);
  });

  it('keeps a connection on which something moves', async () => {
    const { socket } = await connect(400);
    const peer = accepted.at(-1)!;
    socket.resume();
    for (let round = 0; round < 6; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      peer.write('.');
    }
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });
});
