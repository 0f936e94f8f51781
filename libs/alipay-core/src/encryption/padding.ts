import { BLOCK_BYTES } from './aes-engine.js';

/** Fills the last block up: n bytes of value n, at least one (RFC 5652, section 6.3). */
export function pad(bytes: Uint8Array): Uint8Array {
  const fill = BLOCK_BYTES - (bytes.length % BLOCK_BYTES);
  const padded = new Uint8Array(bytes.length + fill).fill(fill, bytes.length);
  padded.set(bytes);
  return padded;
}

/** Takes the filling off again, or answers null where it is not whole. */
export function unpad(padded: Uint8Array): Uint8Array | null {
  const fill = padded.at(-1) ?? 0;
  if (fill < 1 || fill > BLOCK_BYTES || fill > padded.length) return null;
  const end = padded.length - fill;
  return padded.subarray(end).every((byte) => byte === fill) ? padded.subarray(0, end) : null;
}
