import { HttpException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { UPLOAD_FORMATS } from './batches/upload/upload-formats.js';
import type { Environment } from './config/environment-schema.js';
import { NO_FAULTS } from './faults/fault-points.js';
import { Lifecycle } from './health/lifecycle.js';
import { limitBodyTime } from './http/body-deadline.js';
import { endConnections } from './http/end-connections.js';
import { refuseUnknownMethods } from './http/refuse-unknown-methods.js';
import { serveOnly } from './http/serve-only.js';
import { sendProblem } from './errors/send-problem.js';
import { addCommonHeaders, addRequestHooks } from './http/request-hooks.js';
import { passStreams } from './http/streamed-body.js';
import { validationPipe } from './http/valid-input.js';
import { newId } from './ids/new-id.js';
import { NestLogger } from './logging/nest-logger.js';
import { Metrics } from './metrics/metrics.js';

const BODY_LIMIT_BYTES = 64 * 1024;
/** A client that sends its headers, or then its body, this slowly is given up. */
const REQUEST_TIMEOUT_MS = 15_000;
/** How long a request that is on its way when the service stops listening may take to reach it. */
const LAST_REQUEST_MS = 250;
/** What a process serves that is no api. */
const WORKER_PATHS = ['/health', '/metrics'];

/**
 * Builds the service, ready to listen.
 *
 * @param faults where tests make it fail
 */
export async function createApp(
  environment: Environment,
  logger: Logger,
  faults = NO_FAULTS,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    // Without one an address is that of whoever connects.
    trustProxy: environment.TRUSTED_PROXIES ?? false,
    genReqId: newId,
    // Requests that reached us before we stopped listening are answered, not turned away.
    return503OnClosing: false,
    // What the router refuses reaches no hook and no filter.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      addCommonHeaders(request, reply);
      sendProblem(new HttpException('', error.statusCode ?? 400), request, reply, logger);
    },
  });
  const metrics = new Metrics();
  const fastify = adapter.getInstance();
  fastify.server.headersTimeout = REQUEST_TIMEOUT_MS;
  addRequestHooks(fastify, logger, metrics);
  limitBodyTime(fastify, logger, REQUEST_TIMEOUT_MS);
  if (environment.ROLE === 'worker') serveOnly(fastify, WORKER_PATHS);
  refuseUnknownMethods(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(environment, logger, metrics, faults),
    adapter,
    { logger: new NestLogger(logger), abortOnError: false, bodyParser: false },
  );
  endConnections(fastify, app.get(Lifecycle), LAST_REQUEST_MS);
  // JSON and the lines of batches are all that the api reads; anything else is an unsupported media type.
  fastify.removeContentTypeParser('text/plain');
  passStreams(fastify, Object.keys(UPLOAD_FORMATS));
  app.useGlobalPipes(validationPipe());
  return app;
}
