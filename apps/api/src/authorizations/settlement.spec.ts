import { OUTCOME_CLASSES, type ZhimaAuthorizationResult } from '@zhimaper/alipay-core';
import { describe, expect, it } from '@jest/globals';
import { statusAfter } from './authorization-status.js';
import { settlementOf } from './settlement.js';

const SUCCESS: ZhimaAuthorizationResult = {
  outcome: 'success',
  accessToken: 'a',
  refreshToken: 'r',
  authTokenType: 'permanent',
  code: '10000',
  traceId: '21e54d1f16',
  verified: true,
  warnings: [],
};

const FAILURE: ZhimaAuthorizationResult = {
  outcome: 'end-user',
  reason: 'gateway-error',
  code: '40004',
  msg: 'Business Failed',
  subCode: 'NO_USER_ERROR',
  subMsg: null,
  traceId: null,
  verified: true,
  httpStatus: 200,
  description: '',
  solution: '',
  rawBody: null,
  warnings: [],
};

describe('statusAfter', () => {
  it('knows every outcome', () => {
    expect(OUTCOME_CLASSES.map((outcome) => [outcome, statusAfter(outcome)])).toEqual([
      ['success', 'authorized'],
      ['not-sent', 'failed'],
      ['rate-limited', 'failed'],
      ['unknown-outcome', 'unknown'],
      ['caller-config', 'failed'],
      ['permission', 'failed'],
      ['token', 'failed'],
      ['caller-input', 'rejected'],
      ['end-user', 'rejected'],
    ]);
  });
});

describe('settlementOf', () => {
  it('keeps what a granted authorisation needs', () => {
    expect(settlementOf(SUCCESS)).toEqual({
      status: 'authorized',
      tokenType: 'permanent',
      outcomeClass: 'success',
      failureReason: null,
      gatewayCode: '10000',
      gatewaySubCode: null,
      gatewayTraceId: '21e54d1f16',
    });
  });

  it.each([null, '', 'temporary'])('takes the token type %j for none', (authTokenType) => {
    expect(settlementOf({ ...SUCCESS, authTokenType }).tokenType).toBe(null);
  });

  it('keeps why it was not granted', () => {
    expect(settlementOf(FAILURE)).toEqual({
      status: 'rejected',
      tokenType: null,
      outcomeClass: 'end-user',
      failureReason: 'gateway-error',
      gatewayCode: '40004',
      gatewaySubCode: 'NO_USER_ERROR',
      gatewayTraceId: null,
    });
  });

  it('lets nothing into a column that no code would hold', () => {
    const subCode = `张三\u0000 13588111111 ${'x'.repeat(500)}`;
    const stored = settlementOf({ ...FAILURE, subCode }).gatewaySubCode;
    expect(stored?.slice(0, 17)).toBe('??? 135****1111 x');
    expect(stored).toHaveLength(128);
  });
});
