import { describe, expect, it } from '@jest/globals';

import { listErrors } from './list-errors.js';

const APPLY = 'alipay.user.auth.zhimaper.inner.apply';

const names = (list: readonly { code: string | null; subCode: string | null }[]) =>
  list.map((entry) => entry.subCode ?? entry.code);

describe('listErrors', () => {
  it('lists all 122 without a filter', () => {
    expect(listErrors()).toHaveLength(122);
  });

  it('filters by class', () => {
    expect(names(listErrors({ class: 'rate-limited' }))).toEqual([
      '40005',
      'isv.app-call-limited',
      'isv.method-call-limited',
      'app-auth-invoke-limit',
    ]);
  });

  it('filters by what a method may answer', () => {
    expect(listErrors({ method: APPLY })).toHaveLength(117);
    expect(listErrors({ method: 'alipay.system.oauth.token' })).toHaveLength(116);
    expect(listErrors({ method: 'alipay.trade.pay' })).toHaveLength(111);
    expect(names(listErrors({ method: APPLY, class: 'end-user' }))).toEqual(['NO_USER_ERROR']);
  });

  it.each([
    ['no_user', ['NO_USER_ERROR']],
    ['证件号码', ['CERT_NO_IS_NULL']],
    ['SUSPECIOUS', ['isv.suspected-attack']],
    ['50MB', ['isv.invalid-file-size']],
    ['grant_type as', ['isv.grant-type-invalid']],
    [
      'business failed',
      [
        '40004',
        'CERT_NO_IS_NULL',
        'CERT_TYPE_IS_NULL',
        'NAME_IS_NULL',
        'MOBILE_IS_NULL',
        'NO_USER_ERROR',
        'SYSTEM_ERROR',
        'unsupported-sdk-version',
      ],
    ],
    ['null', ['CERT_NO_IS_NULL', 'CERT_TYPE_IS_NULL', 'NAME_IS_NULL', 'MOBILE_IS_NULL']],
    ['nothing has this text', []],
  ])('searches codes and texts for %j', (search, expected) => {
    expect(names(listErrors({ search }))).toEqual(expected);
  });
});
