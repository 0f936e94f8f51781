import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../errors/problem-error.js';
import { addRouteParts } from '../openapi/documented.js';

/** A header that was sent twice arrives joined by a comma and a space, and is refused with the space. */
const VISIBLE = /^[\x21-\x7e]{1,255}$/;

/** Reads an Idempotency-Key header. Throws `ProblemError` where it is missing or malformed. */
function readIdempotencyKey(header: string | string[] | undefined): string {
  if (header === undefined || header === '') throw new ProblemError('idempotency-key-required');
  if (typeof header !== 'string' || !VISIBLE.test(header)) {
    throw new ProblemError('idempotency-key-invalid');
  }
  return header;
}

const headerValue = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return readIdempotencyKey(request.headers['idempotency-key']);
});

/** Gives a handler the request's Idempotency-Key. */
export function IdempotencyKey(): ParameterDecorator {
  const value = headerValue();
  return (target, key, index) => {
    value(target, key, index);
    addRouteParts(target, key, { idempotent: true });
  };
}
