import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { newId } from './new-id.js';

describe('newId', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('begins with the milliseconds since 1970, and names its version and variant', () => {
    jest.spyOn(Date, 'now').mockReturnValue(0x0fed_cba9_8765);
    expect(newId()).toMatch(/^0fedcba9-8765-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('grows from id to id, also when the clock stands still or goes back', () => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(0x0fed_cba9_8766);
    const ids = Array.from({ length: 600 }, (_, n) => {
      if (n === 300) now.mockReturnValue(0x0fed_cba9_0000);
      return newId();
    });
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(600);
  });

  it('is nothing that an earlier one tells: the last 42 bits are random', () => {
    const tails = Array.from({ length: 600 }, () => newId().slice(-12));
    expect(new Set(tails).size).toBe(600);
  });
});
