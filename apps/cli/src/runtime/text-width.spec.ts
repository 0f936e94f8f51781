import { describe, expect, it } from '@jest/globals';
import { cut, wrap } from './text-width.js';

describe('cut', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['张三丰', 6, '张三丰'],
    ['张三丰', 5, '张三…'],
    ['张三丰', 4, '张…'],
  ])('makes %s fit %i columns', (text, width, expected) => {
    expect(cut(text, width)).toBe(expected);
  });
});

describe('wrap', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one two', 7, ['one two']],
    ['张三李四 five', 6, ['张三李', '四', 'five']],
    ['unbreakable it is', 4, ['unbreakable', 'it', 'is']],
    ['', 5, ['']],
  ])('parts %j at %i columns', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});
