import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../errors/problem-error.js';
import { methodsOfPath, type Route } from './methods-of-path.js';

/**
 * Tells a method that a resource does not know (405, with `Allow`) from a resource that does not exist (404).
 *
 * Source: RFC 9110, sections 10.2.1 and 15.5.6.
 */
export function refuseUnknownMethods(fastify: FastifyInstance): void {
  const routes: Route[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, path: url });
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!request.is404) {
      done();
      return;
    }
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = methodsOfPath(routes, path);
    if (methods.length === 0) done();
    else done(new ProblemError('method-not-allowed', { headers: { allow: methods.join(', ') } }));
  });
}
