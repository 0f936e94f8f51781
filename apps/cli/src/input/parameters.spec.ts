import { describe, expect, it } from '@jest/globals';
import { parametersOf, parseParameters } from './parameters.js';

describe('parseParameters', () => {
  it('splits at the first equals sign', () => {
    expect(parseParameters(['a=1', 'b=x=y', 'c='])).toEqual({ a: '1', b: 'x=y', c: '' });
  });

  it('takes any key as a plain member', () => {
    expect(Object.keys(parseParameters(['__proto__=1']))).toEqual(['__proto__']);
  });

  it.each(['plain', '=value'])('refuses %s without quoting it', (pair) => {
    expect(() => parseParameters(['a=1', pair])).toThrow('--param number 2 is not key=value.');
  });

  it('refuses a key given twice', () => {
    expect(() => parseParameters(['a=1', 'a=2'])).toThrow('The parameter a is given twice.');
  });
});

describe('parametersOf', () => {
  it('takes strings', () => {
    expect(parametersOf({ a: '1' }, 'stdin')).toEqual({ a: '1' });
  });

  it.each([1, null, {}, ['x']])('refuses %p, for what is signed is text', (value) => {
    expect(() => parametersOf({ biz_content: value }, 'stdin')).toThrow(
      'stdin: the value of biz_content is not a string.',
    );
  });
});
