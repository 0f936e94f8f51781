import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { requestContext } from '../logging/request-context.js';
import { writeProblem } from './problem.js';
import { toProblem } from './to-problem.js';

/** Answers every error as a problem, and logs those that an operator must know of. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error);
    if (problem.cause !== undefined) this.logger.error({ err: problem.cause }, problem.message);
    const { status, headers, body } = writeProblem(
      problem,
      requestContext.getStore()?.traceId ?? '',
    );
    if (reply.sent) return;
    void reply.status(status).headers(headers).send(body);
  }
}
