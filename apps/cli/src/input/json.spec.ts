import { describe, expect, it } from '@jest/globals';
import { CommandFailure } from '../runtime/failure.js';
import { parseJsonObject } from './json.js';

function failureOf(action: () => unknown): CommandFailure {
  try {
    action();
  } catch (error) {
    if (error instanceof CommandFailure) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('parseJsonObject', () => {
  it('parses an object', () => {
    expect(parseJsonObject('{"name":"张三"}', 'stdin')).toEqual({ name: '张三' });
  });

  it('tells where the fault is, and nothing of the text', () => {
    const failure = failureOf(() => parseJsonObject('{"name":\n "张三" "x"}', 'stdin'));
    expect(failure.outcome).toBe('invalid-input');
    expect(failure.message).toBe('stdin is not valid JSON (line 2, column 7).');
    expect(failure.cause).toBeUndefined();
  });

  it('quotes nothing where the parser gives no place', () => {
    expect(failureOf(() => parseJsonObject('张三', 'stdin')).message).toBe(
      'stdin is not valid JSON.',
    );
  });

  it.each(['[]', 'null', '"text"', '1'])('refuses %s', (text) => {
    expect(failureOf(() => parseJsonObject(text, 'stdin')).message).toBe(
      'stdin is valid JSON but not an object.',
    );
  });
});
