import { describe, expect, it } from '@jest/globals';
import { isSystemError, messageOf } from './stack-error.js';

describe('messageOf', () => {
  it.each([
    [new Error('broken'), 'broken'],
    ['text', 'text'],
    [
      new AggregateError([new Error('::1 refused'), new Error('127.0.0.1 refused')]),
      '::1 refused, 127.0.0.1 refused',
    ],
    [{}, 'unknown error'],
  ])('%p', (error, message) => {
    expect(messageOf(error)).toBe(message);
  });
});

describe('isSystemError', () => {
  it('tells codes apart', () => {
    const error = Object.assign(new Error('gone'), { code: 'ENOENT' });
    expect(isSystemError(error, 'EACCES', 'ENOENT')).toBe(true);
    expect(isSystemError(error, 'EACCES')).toBe(false);
    expect(isSystemError(new Error('ENOENT'), 'ENOENT')).toBe(false);
  });
});
