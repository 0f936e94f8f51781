import { describe, expect, it } from '@jest/globals';

import { CATALOGUE } from './catalogue.js';
import { findError } from './find-error.js';
import { OUTCOME_CLASSES } from './outcome-class.js';

const APPLY = 'alipay.user.auth.zhimaper.inner.apply';
const PREFIX = /^(?:isv|isp|aop)\./;

const withSubCode = CATALOGUE.flatMap((entry) =>
  entry.subCode === null ? [] : [{ subCode: entry.subCode, entry }],
);

describe('the catalogue', () => {
  it('lists 122 result codes, so many of each class', () => {
    const counts = Object.fromEntries(
      OUTCOME_CLASSES.map((name) => [name, CATALOGUE.filter((e) => e.class === name).length]),
    );

    expect(CATALOGUE).toHaveLength(122);
    expect(counts).toEqual({
      success: 1,
      'not-sent': 0,
      'rate-limited': 4,
      'unknown-outcome': 9,
      'caller-config': 69,
      permission: 13,
      token: 13,
      'caller-input': 11,
      'end-user': 2,
    });
  });

  it('says how well each is known', () => {
    const levels = ['documented', 'observed', 'inferred-code', 'third-party', 'name-only'];
    const counts = levels.map((name) => [
      name,
      CATALOGUE.filter((entry) => entry.confidence === name).length,
    ]);

    expect(Object.fromEntries(counts)).toEqual({
      documented: 65,
      observed: 2,
      'inferred-code': 16,
      'third-party': 2,
      'name-only': 37,
    });
  });

  it('gives a msg with every code and none without', () => {
    const messages = new Set(CATALOGUE.map((entry) => `${entry.code}: ${entry.msg}`));

    expect([...messages].sort()).toEqual([
      '10000: Success',
      '20000: Service Currently Unavailable',
      '20001: Insufficient Token Permissions',
      '40001: Missing Required Arguments',
      '40002: Invalid Arguments',
      '40003: Insufficient Conditions',
      '40004: Business Failed',
      '40005: Call Limited',
      '40006: Insufficient Permissions',
      'null: null',
    ]);
  });

  it('explains every entry in English and Chinese, in whole sentences', () => {
    const chinese = /\p{Script=Han}/u;
    const faulty = CATALOGUE.filter(
      (entry) =>
        !/^[A-Za-z].{18,}\.$/.test(entry.description) ||
        !/^[A-Z].{18,}\.$/.test(entry.solution) ||
        chinese.test(entry.description + entry.solution) ||
        !chinese.test(entry.descriptionZh) ||
        !/[\p{Script=Han}0-9]/u.test(entry.solutionZh),
    );

    expect(faulty.map((entry) => entry.subCode ?? entry.code)).toEqual([]);
  });

  it('warns against repeating wherever the outcome is unknown', () => {
    const unknown = CATALOGUE.filter((entry) => entry.class === 'unknown-outcome');

    expect(unknown.filter((entry) => !entry.solution.startsWith('Do not repeat the'))).toEqual([]);
    expect(unknown.filter((entry) => !/不要自动重试|结果未知/.test(entry.solutionZh))).toEqual([]);
  });

  it.each(withSubCode)('finds $subCode by its own name', ({ subCode, entry }) => {
    expect(findError({ subCode })).toBe(entry);
  });

  it.each(withSubCode.filter(({ subCode }) => PREFIX.test(subCode)))(
    'finds $subCode without its prefix, as the only entry or by an alias',
    ({ subCode, entry }) => {
      const found = findError({ subCode: subCode.replace(PREFIX, '') });

      expect(found?.subCode).toBe(
        subCode === 'aop.unknow-error' ? 'isp.unknow-error' : entry.subCode,
      );
    },
  );

  it('finds every entry by each of its aliases', () => {
    const aliases = CATALOGUE.flatMap((entry) =>
      entry.aliases.map((alias) => [alias, findError({ subCode: alias })?.subCode]),
    );

    expect(aliases).toEqual([
      ['unknow-error', 'isp.unknow-error'],
      ['invalid-auth-relations', 'isv.invalid-auth-relations'],
      ['not-online-app', 'isv.not-online-app'],
      ['isv.suspecious-attack', 'isv.suspected-attack'],
      ['isv.app-cert-expired', 'app-cert-expired'],
    ]);
  });

  it('scopes six sub-codes to the application and five to the token interface', () => {
    const scoped = CATALOGUE.filter((entry) => entry.methods !== null).map((entry) => [
      entry.subCode,
      entry.methods,
    ]);

    expect(scoped).toEqual([
      ['CERT_NO_IS_NULL', [APPLY]],
      ['CERT_TYPE_IS_NULL', [APPLY]],
      ['NAME_IS_NULL', [APPLY]],
      ['MOBILE_IS_NULL', [APPLY]],
      ['NO_USER_ERROR', [APPLY]],
      ['SYSTEM_ERROR', [APPLY]],
      ['isv.grant-type-invalid', ['alipay.system.oauth.token']],
      ['isv.code-invalid', ['alipay.system.oauth.token']],
      ['isv.refresh-token-invalid', ['alipay.system.oauth.token']],
      ['isv.refresh-token-time-out', ['alipay.system.oauth.token']],
      ['isv.refreshed-token-invalid', ['alipay.system.oauth.token']],
    ]);
  });

  it('has no two sub-codes that differ only by prefix, but for the two unknow-errors of one class', () => {
    const names = withSubCode.map(({ subCode }) => subCode.replace(PREFIX, '').toLowerCase());
    const twice = names.filter((name, at) => names.indexOf(name) !== at);

    expect(twice).toEqual(['unknow-error']);
    expect(findError('isp.unknow-error')?.class).toBe('unknown-outcome');
    expect(findError('aop.unknow-error')?.class).toBe('unknown-outcome');
  });
});
