import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildStringToSign } from './string-to-sign.js';

describe('buildStringToSign', () => {
  it('sorts by ASCII, keeps sign_type, and leaves out sign and what is empty', () => {
    expect(
      buildStringToSign({
        version: '1.0',
        sign: 'x',
        sign_type: 'RSA2',
        app_id: '2014072300007148',
        app_auth_token: '',
        b: undefined,
        Z: 'upper before lower',
        _: '_ before letters',
        biz_content: '{"name":"张三 & +%20"}',
      }),
    ).toBe(
      'Z=upper before lower&_=_ before letters&app_id=2014072300007148' +
        '&biz_content={"name":"张三 & +%20"}&sign_type=RSA2&version=1.0',
    );
  });

  it('is empty where nothing is to be signed', () => {
    expect(buildStringToSign({ sign: 'x', a: '' })).toBe('');
  });

  it('does not depend on the order that parameters are given in', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[\w.]{1,6}$/), { minLength: 2 });
    fc.assert(
      fc.property(names, (given) => {
        const written = (order: readonly string[]) =>
          buildStringToSign(Object.fromEntries(order.map((name) => [name, 'v'])));
        const sorted = given
          .filter((name) => name !== 'sign')
          .map((name) => Buffer.from(`${name}=v`))
          .sort((a, b) => Buffer.compare(a.subarray(0, -2), b.subarray(0, -2)));
        expect(written(given)).toBe(sorted.join('&'));
        expect(written(given.toReversed())).toBe(sorted.join('&'));
      }),
    );
  });
});
