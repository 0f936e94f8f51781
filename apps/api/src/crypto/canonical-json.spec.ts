import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from './canonical-json.js';

describe('canonicalJson', () => {
  it.each([
    [
      { b: 1, a: { d: [{ z: null, y: '张' }], c: true } },
      '{"a":{"c":true,"d":[{"y":"张","z":null}]},"b":1}',
    ],
    [{ b: undefined, a: [undefined, 1.5] }, '{"a":[null,1.5]}'],
    [{ at: new Date('2026-11-24T08:00:00.123Z') }, '{"at":"2026-11-24T08:00:00.123Z"}'],
    [{ toJSON: 'x', a: '"' }, '{"a":"\\"","toJSON":"x"}'],
    ['text', '"text"'],
    [[3, 'a', null], '[3,"a",null]'],
  ])('writes %j as %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });
});
