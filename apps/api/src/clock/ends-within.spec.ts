import { describe, expect, it } from '@jest/globals';
import { endsWithin } from './ends-within.js';

describe('endsWithin', () => {
  it('tells what ends from what does not', async () => {
    expect(await endsWithin(Promise.resolve('x'), 60_000)).toBe(true);
    expect(await endsWithin(new Promise(() => undefined), 5)).toBe(false);
  });

  it('passes an error on', async () => {
    await expect(endsWithin(Promise.reject(new Error('no')), 60_000)).rejects.toThrow('no');
  });
});
