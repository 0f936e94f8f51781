import { randomFillSync } from 'node:crypto';

/** To ask the system takes longer than what most bytes are needed for: once in so many. */
const pool = Buffer.alloc(4_096);
let used = pool.length;

/**
 * So many random bytes of the system's source, a few at a time and none of them twice. For what is no secret: the pool
 * keeps them for a while.
 *
 * @example
 * const nonce = freshBytes(12);
 */
export function freshBytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return Buffer.from(pool.subarray(used - count, used));
}
