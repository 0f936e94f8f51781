import type { IncomingMessage } from 'node:http';

/** No call of the gateway and no scenario comes near it. */
export const MAX_BODY_BYTES = 256 * 1024;

/**
 * The whole body, or null where it is longer than the limit. The rest is read and dropped: a connection closed over unread
 * bytes is reset, and the refusal lost with it.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return length > MAX_BODY_BYTES ? null : Buffer.concat(chunks, length);
}
