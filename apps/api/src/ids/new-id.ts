import { v7 } from 'uuid';
import { freshBytes } from '../crypto/fresh-bytes.js';

const RANDOM_BYTES = 16;
let latest = { msecs: 0, seq: 0 };

/**
 * A new id: a UUID of version 7, greater than every other that this process made before.
 *
 * Source: RFC 9562, section 5.7, and section 6.2 (method 1, a counter that begins anew at random).
 */
export function newId(): string {
  const random = freshBytes(RANDOM_BYTES);
  const msecs = Date.now();
  latest =
    msecs > latest.msecs
      ? // 31 of 32 bits, so that there is room to count upwards.
        { msecs, seq: random.readUInt32BE(6) >>> 1 }
      : { msecs: latest.msecs, seq: latest.seq + 1 };
  return v7({ random, ...latest });
}
