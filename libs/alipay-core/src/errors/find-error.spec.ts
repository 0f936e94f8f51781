import { describe, expect, it } from '@jest/globals';

import { findError } from './find-error.js';

const APPLY = 'alipay.user.auth.zhimaper.inner.apply';

describe('findError', () => {
  it.each([
    ['NO_USER_ERROR', 'end-user'],
    ['isv.NO_USER_ERROR', 'end-user'],
    ['aop.NO_USER_ERROR', 'end-user'],
    ['no_user_error', 'end-user'],
    [' isv.invalid-app-id ', 'caller-config'],
    ['invalid-app-id', 'caller-config'],
    ['aop.isv.invalid-app-id', 'caller-config'],
    ['isv.file-check-fail', 'caller-config'],
    ['isv.app-auth-invoke-limit', 'rate-limited'],
    ['10000', 'success'],
    ['40005', 'rate-limited'],
    ['40004', 'unknown-outcome'],
  ])('reads %j as text and answers %s', (text, expected) => {
    expect(findError(text)?.class).toBe(expected);
  });

  it.each(['', 'NOT_A_CODE', '99999', 'isv.', 'toString', '__proto__'])(
    'answers null for %j',
    (text) => {
      expect(findError(text)).toBeNull();
      expect(findError({ code: text, subCode: text })).toBeNull();
    },
  );

  it('lets the sub-code decide under whatever code it comes', () => {
    expect(findError({ code: '40003', subCode: 'isv.decryption-error-unknown' })?.subCode).toBe(
      'isv.decryption-error-unknown',
    );
    expect(findError({ code: '40002', subCode: 'isv.missing-signature-config' })?.class).toBe(
      'caller-config',
    );
    expect(findError({ code: '40002', subCode: 'isv.invalid-auth-relations' })?.class).toBe(
      'token',
    );
  });

  it('falls back to the code where the sub-code is unlisted or missing', () => {
    expect(findError({ code: '40001', subCode: 'isv.missing-something-new' })).toMatchObject({
      code: '40001',
      subCode: null,
      class: 'caller-config',
    });
    expect(findError({ code: '40006', subCode: null })?.class).toBe('permission');
    expect(findError({ code: null, subCode: null })).toBeNull();
    expect(findError({})).toBeNull();
  });

  it('keeps method-scoped sub-codes to their methods', () => {
    const refused = { code: '40004', subCode: 'NO_USER_ERROR' };

    expect(findError({ ...refused, method: APPLY })?.class).toBe('end-user');
    expect(findError(refused)?.class).toBe('end-user');
    expect(findError({ ...refused, method: 'alipay.trade.pay' })).toMatchObject({
      code: '40004',
      subCode: null,
      class: 'unknown-outcome',
    });
    expect(
      findError({
        code: '40002',
        subCode: 'refresh-token-invalid',
        method: 'alipay.system.oauth.token',
      })?.class,
    ).toBe('token');
    expect(
      findError({ code: '40002', subCode: 'isv.refresh-token-invalid', method: APPLY })?.subCode,
    ).toBeNull();
  });

  it.each([
    [{ code: '20000', subCode: 'aop.ACQ.SYSTEM_ERROR' }, 'aop.ACQ.SYSTEM_ERROR'],
    [{ code: '20000', subCode: 'ACQ.SYSTEM_ERROR' }, 'aop.ACQ.SYSTEM_ERROR'],
    [{ code: '40006', subCode: 'ZHIMA.SYSTEM_ERROR' }, 'aop.ACQ.SYSTEM_ERROR'],
    [{ code: '40005', subCode: 'INNER_SYSTEM_ERROR', method: APPLY }, 'aop.ACQ.SYSTEM_ERROR'],
    [
      { code: '40006', subCode: 'SYSTEM_ERROR', method: 'alipay.trade.pay' },
      'aop.ACQ.SYSTEM_ERROR',
    ],
    [{ code: '40004', subCode: 'isp.SYSTEM_ERROR', method: APPLY }, 'SYSTEM_ERROR'],
  ])('takes %j for an unknown outcome', (query, subCode) => {
    expect(findError(query)).toMatchObject({ subCode, class: 'unknown-outcome' });
  });

  it('prefers the exact spelling of two that differ only by prefix', () => {
    expect(findError('aop.unknow-error')?.subCode).toBe('aop.unknow-error');
    expect(findError('isp.unknow-error')?.subCode).toBe('isp.unknow-error');
    expect(findError('isv.unknow-error')?.subCode).toBe('isp.unknow-error');
  });
});
