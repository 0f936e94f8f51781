import { HttpException } from '@nestjs/common';
import { AlipayInputError } from '@zhimaper/alipay-core';
import { describe, expect, it } from '@jest/globals';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { CellError } from '../crypto/cell.js';
import { UnknownKeyError } from '../crypto/key-provider.js';
import { ProblemError } from './problem-error.js';
import { writeProblem } from './problem.js';
import { toProblem } from './to-problem.js';

const failed = (code: string) =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error('x'), { code }));
const node = (code: string) => Object.assign(new Error('connect failed'), { code });

describe('toProblem', () => {
  it.each([
    [new HttpException('canary', 400), 'malformed-request'],
    [new HttpException('canary', 404), 'not-found'],
    [new HttpException('canary', 413), 'payload-too-large'],
    [new HttpException('canary', 414), 'uri-too-long'],
    [new HttpException('canary', 418), 'malformed-request'],
    [new HttpException('canary', 415), 'unsupported-media-type'],
    [new HttpException('canary', 500), 'internal-error'],
    [new Error('canary'), 'internal-error'],
    [new CellError('canary'), 'unreadable-cell'],
    [new UnknownKeyError('canary'), 'unreadable-cell'],
    ['canary', 'internal-error'],
    [failed('57014'), 'database-unavailable'],
    [failed('55P03'), 'database-unavailable'],
    [failed('53300'), 'database-unavailable'],
    [failed('08006'), 'database-unavailable'],
    [failed('57P01'), 'database-unavailable'],
    [failed('23505'), 'internal-error'],
    [node('ECONNREFUSED'), 'database-unavailable'],
    [new Error('timeout exceeded when trying to connect'), 'database-unavailable'],
    [new Error('Connection terminated unexpectedly'), 'database-unavailable'],
    [failed('25006'), 'database-unavailable'],
    [failed('28P01'), 'database-unavailable'],
    [failed('40P01'), 'database-unavailable'],
    [failed('58030'), 'database-unavailable'],
    [failed('22003'), 'internal-error'],
    [new Error('Client was closed and is not queryable'), 'database-unavailable'],
    [new QueryRunnerAlreadyReleasedError(), 'database-unavailable'],
  ])('takes %p for %s', (error, code) => {
    const problem = toProblem(error);
    expect(problem.code).toBe(code);
    expect(JSON.stringify(writeProblem(problem, 't-1').body)).not.toContain('canary');
  });

  it('passes on what is a problem already, and the faults of an input', () => {
    const problem = new ProblemError('already-authorized');
    expect(toProblem(problem)).toBe(problem);
    const issues = [{ field: 'name', code: 'NAME_IS_NULL', message: 'is required' }];
    expect(toProblem(new AlipayInputError(issues))).toMatchObject({
      code: 'invalid-request',
      members: { issues },
    });
  });
});

describe('writeProblem', () => {
  it('writes the members of RFC 9457, and when to try again', () => {
    const problem = new ProblemError('gateway-unreachable', {
      members: { authorizationId: 'a-1' },
    });
    expect(writeProblem(problem, 't-1')).toEqual({
      status: 503,
      headers: { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '5' },
      body: {
        type: '/problems/gateway-unreachable',
        title: 'Alipay could not be reached',
        status: 503,
        detail: 'Nothing was sent; the same request may be sent again.',
        code: 'gateway-unreachable',
        traceId: 't-1',
        authorizationId: 'a-1',
      },
    });
  });
});
