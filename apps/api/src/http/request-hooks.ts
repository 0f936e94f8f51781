import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { callerOf } from '../api-keys/caller.js';
import { requestContext } from '../logging/request-context.js';
import type { Metrics } from '../metrics/metrics.js';
import { requestIdsOf } from './request-ids.js';

/** Tells the caller the ids of its request, and that nothing is for anybody else or for later. */
export function addCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  const { requestId, traceId } = requestIdsOf(request);
  void reply.headers({
    'x-request-id': requestId,
    'x-trace-id': traceId,
    'cache-control': 'no-store',
  });
}

/**
 * Gives each request its ids before anything else runs, and logs one line and counts it when it was answered. The line has
 * the route's pattern, never the URL, whose query may say more than a log should hold.
 */
export function addRequestHooks(fastify: FastifyInstance, logger: Logger, metrics: Metrics): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    addCommonHeaders(request, reply);
    done();
  });
  // The body's last event comes from the connection and has lost the context, hence only here.
  fastify.addHook('preValidation', (request, _reply, done) => {
    requestContext.run(requestIdsOf(request), done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const caller = callerOf(request);
    const route = request.routeOptions.url ?? null;
    metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1_000);
    logger.info(
      {
        ...requestIdsOf(request),
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
        clientId: caller?.clientId ?? null,
        apiKeyId: caller?.apiKeyId ?? null,
      },
      'request',
    );
    done();
  });
}
