import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { snakeCaseName } from './snake-case.js';

describe('snakeCaseName', () => {
  it.each([
    ['outTradeNo', 'out_trade_no'],
    ['a', 'a'],
    ['aB', 'a_b'],
    ['userID', 'user_id'],
    ['httpURLPath', 'http_url_path'],
    ['address1', 'address1'],
    ['line2Text', 'line2_text'],
    ['out_trade_no', 'out_trade_no'],
    ['mixed_Name', 'mixed_Name'],
    ['OutTradeNo', 'OutTradeNo'],
    ['ID', 'ID'],
    ['__proto__', '__proto__'],
    ['姓名', '姓名'],
    ['a-bC', 'a-bC'],
    ['', ''],
  ])('turns %p into %p', (name, expected) => {
    expect(snakeCaseName(name)).toBe(expected);
  });

  it('undoes what made a snake_case name camelCase, and changes its own result no more', () => {
    const word = fc.stringMatching(/^[a-z][a-z\d]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), ([first = '', ...others]) => {
        const camel = first + others.map((w) => w.charAt(0).toUpperCase() + w.slice(1)).join('');
        const snake = [first, ...others].join('_');
        expect(snakeCaseName(camel)).toBe(snake);
        expect(snakeCaseName(snake)).toBe(snake);
      }),
    );
  });
});
