import { describe, expect, it } from '@jest/globals';
import { givesAway } from './gives-away.js';

describe('givesAway', () => {
  it.each([
    ['crm-13588111111', '13588111111', true],
    ['crm 11010519491231002x', '11010519491231002X', true],
    ['客户张三', '张三', true],
    ['王', '王', false],
    ['Wang-1', 'wang', false],
    ['for wang xiaoming', 'Wang Xiaoming', true],
    ['crm-4711', '13588111111', false],
    ['', '13588111111', false],
  ])('of %j and %j is %j', (text, datum, expected) => {
    expect(givesAway(text, ['李四', datum])).toBe(expected);
  });
});
