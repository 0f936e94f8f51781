import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { requestIdsOf } from '../http/request-ids.js';
import { writeProblem } from './problem.js';
import { toProblem } from './to-problem.js';

/** Answers a request with the problem that an error stands for, and logs what an operator must know of. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): void {
  const ids = requestIdsOf(request);
  const problem = toProblem(error);
  if (problem.cause !== undefined) logger.error({ ...ids, err: problem.cause }, problem.message);
  if (reply.sent) return;
  const { status, headers, body } = writeProblem(problem, ids.traceId);
  void reply.status(status).headers(headers).send(body);
}
