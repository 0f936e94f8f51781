import { HttpException } from '@nestjs/common';
import { AlipayInputError } from '@zhimaper/alipay-core';
import { CellError } from '../crypto/cell.js';
import { UnknownKeyError } from '../crypto/key-provider.js';
import { isDatabaseUnavailable } from '../database/database-errors.js';
import type { ProblemCode } from './problem-catalogue.js';
import { ProblemError } from './problem-error.js';

/** What the HTTP framework refuses on its own, before any of our code runs. */
const CODE_BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  404: 'not-found',
  413: 'payload-too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
};

/** Turns whatever was thrown into the problem that the caller sees; only what nobody foresaw is `internal-error`. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof AlipayInputError) {
    return new ProblemError('invalid-request', { members: { issues: [...error.issues] } });
  }
  if (error instanceof HttpException && error.getStatus() < 500) {
    return new ProblemError(CODE_BY_STATUS[error.getStatus()] ?? 'malformed-request');
  }
  if (isDatabaseUnavailable(error)) {
    return new ProblemError('database-unavailable', { cause: error });
  }
  if (error instanceof CellError || error instanceof UnknownKeyError) {
    return new ProblemError('unreadable-cell', { cause: error });
  }
  return new ProblemError('internal-error', { cause: error });
}
