import type { FastifyRequest } from 'fastify';
import { requestIds, type RequestIds } from '../logging/request-context.js';

/** The ids of a request; `request.id` is fresh for each (`genReqId`). */
export function requestIdsOf(request: Pick<FastifyRequest, 'id' | 'headers'>): RequestIds {
  const { traceparent } = request.headers;
  return requestIds(request.id, typeof traceparent === 'string' ? traceparent : undefined);
}
