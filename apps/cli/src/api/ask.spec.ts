import { ApiConnectionError, ApiProblemError, type Problem } from '@zhimaper/api-client';
import { describe, expect, it } from '@jest/globals';
import { ask } from './ask.js';

const ID = '019302b7-0000-7000-8000-000000000001';

function connectionError(code: ApiConnectionError['code'], systemCode?: string) {
  const cause = systemCode && {
    message: 'fetch failed',
    cause: Object.assign(new Error(), { code: systemCode }),
  };
  return new ApiConnectionError(code, 'No answer.', { nextStep: 'Look.', cause });
}

describe('ask', () => {
  it.each([
    ['API_UNREACHABLE', 'ECONNREFUSED', 'not-sent', 'not-sent'],
    ['API_UNREACHABLE', 'ENOTFOUND', 'not-sent', 'not-sent'],
    ['API_UNREACHABLE', 'ECONNRESET', 'not-sent', 'unknown-outcome'],
    ['API_UNREACHABLE', undefined, 'not-sent', 'unknown-outcome'],
    ['API_TIMEOUT', undefined, 'not-sent', 'unknown-outcome'],
    ['API_UNEXPECTED_ANSWER', undefined, 'caller-config', 'unknown-outcome'],
  ] as const)(
    'takes %s (%s) for %s, after an effect for %s',
    async (code, system, read, effect) => {
      const error = connectionError(code, system);
      await expect(ask(Promise.reject(error))).rejects.toMatchObject({ outcome: read });
      await expect(ask(Promise.reject(error), 'effect')).rejects.toMatchObject({
        outcome: effect,
        facts: { code, traceId: null, authorizationId: null, retryAfterSeconds: null },
      });
    },
  );

  it('is interrupted where nothing could have been done, else the outcome is unknown', async () => {
    const error = connectionError('API_ABORTED');
    await expect(ask(Promise.reject(error))).rejects.toMatchObject({ name: 'Interrupted' });
    await expect(ask(Promise.reject(error), 'effect')).rejects.toMatchObject({
      outcome: 'unknown-outcome',
      nextStep:
        'It may have been done all the same. Find out, or repeat an application with the same idempotency key, which is safe.',
    });
  });

  it('tells all that a problem says', async () => {
    const problem: Problem = {
      type: '/docs/problems/application-rejected',
      title: 'Alipay rejected the application',
      status: 422,
      detail: 'No authorisation was granted.',
      code: 'application-rejected',
      traceId: 't-1',
      authorizationId: ID,
      gateway: {
        code: '40004',
        subCode: 'NO_USER_ERROR',
        class: 'end-user',
        solution: 'Check the data.',
      },
    };
    await expect(ask(Promise.reject(new ApiProblemError(problem, 7)))).rejects.toMatchObject({
      outcome: 'end-user',
      message: 'Alipay rejected the application: No authorisation was granted.',
      details: ['Alipay answered 40004, NO_USER_ERROR.', `Authorisation ${ID}.`],
      nextStep:
        'Check the data. To ask Alipay again, give another --idempotency-key or a new consent.',
      subCode: 'NO_USER_ERROR',
      facts: {
        code: 'application-rejected',
        traceId: 't-1',
        authorizationId: ID,
        retryAfterSeconds: 7,
      },
    });
  });
});
