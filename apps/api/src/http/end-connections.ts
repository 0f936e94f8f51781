import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Lifecycle } from '../health/lifecycle.js';

/**
 * Lets no connection hold up the stop, and cuts none off under a request: while the service drains, each answer is
 * its connection's last, and connections on which nothing was ever sent are ended so many milliseconds after the
 * service stopped to listen. Node takes those for busy and would wait for their headers; browsers and load balancers
 * open such connections in advance.
 */
export function endConnections(
  fastify: FastifyInstance,
  lifecycle: Lifecycle,
  silentMs: number,
): void {
  const open = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (lifecycle.draining) void reply.header('connection', 'close');
    done();
  });
  fastify.addHook('preClose', (done) => {
    lifecycle.drain();
    setTimeout(() => {
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    }, silentMs).unref();
    done();
  });
}
