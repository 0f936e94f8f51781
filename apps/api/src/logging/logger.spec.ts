import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { createLogger } from './logger.js';
import { requestContext } from './request-context.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = [];
  write(createLogger('trace', { write: (line) => void lines.push(line) }));
  return lines;
}

describe('createLogger', () => {
  it('writes one JSON object a line, with the ids of the request', () => {
    const [line = ''] = logged((logger) => {
      requestContext.run({ requestId: 'r-1', traceId: 't-1' }, () => {
        logger.info({ status: 201 }, 'request');
      });
    });
    const { time, ...rest } = JSON.parse(line) as Record<string, unknown>;
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(rest).toEqual({
      level: 'info',
      service: 'zhimaper-api',
      requestId: 'r-1',
      traceId: 't-1',
      status: 201,
      msg: 'request',
    });
  });

  it('keeps the members of one line out of the next', () => {
    const lines = logged((logger) => {
      requestContext.run({ requestId: 'r-1', traceId: 't-1' }, () => {
        logger.info({ first: 1 });
        logger.info({ second: 2 });
      });
    });
    expect(JSON.parse(lines[1] ?? '')).not.toHaveProperty('first');
  });

  it('cuts out members that hold what must not be read', () => {
    const [line = ''] = logged((logger) => {
      logger.info({ accessToken: 'canary-1', body: { name: 'canary-2' }, id: 7 });
    });
    expect(JSON.parse(line)).toMatchObject({
      accessToken: '[redacted]',
      body: { name: '[redacted]' },
      id: 7,
    });
  });

  it('scrubs numbers wherever they stand, and stays JSON', () => {
    const lines = logged((logger) => {
      logger.warn({ err: new Error('bad 330701199901011311') }, 'call 13588111111');
    });
    const { msg, err } = JSON.parse(lines[0] ?? '') as { msg: string; err: { message: string } };
    expect(msg).toBe('call 135****1111');
    expect(err.message).toBe('bad 330***********1311');
  });

  it('takes from a database error neither its statement nor its row', () => {
    const cause = Object.assign(new Error('duplicate key value'), {
      code: '23505',
      constraint: 'clients_name_key',
      detail: 'Key (name)=(canary-1) already exists.',
    });
    const error = new QueryFailedError('INSERT canary-2', ['canary-3'], cause);
    const [line = ''] = logged((logger) => {
      logger.error({ err: error });
    });
    expect(line).toContain('"code":"23505"');
    expect(line).toContain('"constraint":"clients_name_key"');
    expect(line).not.toContain('canary');
  });
});
