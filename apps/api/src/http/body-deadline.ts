import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { ProblemError } from '../errors/problem-error.js';
import { sendProblem } from '../errors/send-problem.js';

/**
 * Gives up clients whose body takes longer than so many milliseconds, and those that go on sending as long after they
 * were answered. A streamed body has as much time as whoever reads it allows: hence not by Node's `requestTimeout`,
 * which is the same for all of a server's requests.
 */
export function limitBodyTime(fastify: FastifyInstance, logger: Logger, limitMs: number): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.streams === undefined) giveUpLater(request, reply);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    if (request.routeOptions.config.streams !== undefined && !request.raw.complete) {
      giveUpLater(request, reply);
      // A client that sends the rest before it reads shall get to know why it was refused.
      request.raw.resume();
    }
    done();
  });

  function giveUpLater(request: FastifyRequest, reply: FastifyReply): void {
    const { raw } = request;
    const { headers } = raw;
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined)
      return;
    const timer = setTimeout(() => {
      if (raw.complete) return;
      if (reply.sent) {
        raw.destroy();
        return;
      }
      void reply.header('connection', 'close');
      sendProblem(new ProblemError('request-timeout'), request, reply, logger);
    }, limitMs).unref();
    const clear = () => {
      clearTimeout(timer);
    };
    raw.once('end', clear).once('close', clear);
  }
}
