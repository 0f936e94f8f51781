import { describe, expect, it } from '@jest/globals';

import { errorName, gatewayError, isSignable } from './gateway-error.js';

describe('gatewayError', () => {
  it('words a listed sub code as the gateway does', () => {
    expect(gatewayError('isp.unknow-error')).toEqual({
      code: '20000',
      msg: 'Service Currently Unavailable',
      subCode: 'isp.unknow-error',
      subMsg: '系统繁忙',
      errorResponse: false,
    });
  });

  it.each([
    ['isv.never-heard-of', '40002', 'Invalid Arguments'],
    ['NEVER_HEARD_OF', '40004', 'Business Failed'],
  ])('gives the unlisted %s the code %s', (subCode, code, msg) => {
    expect(gatewayError(subCode)).toEqual({
      code,
      msg,
      subCode,
      subMsg: null,
      errorResponse: false,
    });
  });

  it('takes another code, text and wrapper', () => {
    const options = { code: '50000', subMsg: 'text', errorResponse: true };
    expect(gatewayError('NO_USER_ERROR', options)).toEqual({
      code: '50000',
      msg: 'Unknown Code',
      subCode: 'NO_USER_ERROR',
      subMsg: 'text',
      errorResponse: true,
    });
  });
});

describe('errorName', () => {
  it('is the sub code, else the code', () => {
    expect(errorName(gatewayError('NO_USER_ERROR'))).toBe('NO_USER_ERROR');
    expect(errorName(gatewayError(null, { code: '20000' }))).toBe('20000');
  });
});

describe('isSignable', () => {
  it.each([
    ['isv.invalid-app-id', false],
    ['isv.missing-app-id', false],
    ['isv.missing-signature-config', false],
    ['isv.missing-signature-key', false],
    ['isv.invalid-signature', true],
    [null, true],
  ])('%s: %s', (subCode, signable) => {
    expect(isSignable(gatewayError(subCode))).toBe(signable);
  });
});
