import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../errors/problem-error.js';

/** Serves the routes below these paths and answers that all others do not exist, for a process that is no api. */
export function serveOnly(fastify: FastifyInstance, paths: readonly string[]): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (paths.some((served) => path === served || path.startsWith(`${served}/`))) done();
    else done(new ProblemError('not-found'));
  });
}
