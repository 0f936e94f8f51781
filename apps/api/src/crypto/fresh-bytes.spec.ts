import { expect, it } from '@jest/globals';
import { freshBytes } from './fresh-bytes.js';

it('hands out bytes of any number, never the same twice, and keeps none that it handed out', () => {
  const seen = new Set<string>();
  const first = freshBytes(12);
  const copy = Buffer.from(first);
  for (let n = 0; n < 5_000; n += 1) seen.add(freshBytes(n % 2 === 0 ? 12 : 16).toString('hex'));
  expect(seen.size).toBe(5_000);
  expect(first).toEqual(copy);
  expect(first).toHaveLength(12);
});
