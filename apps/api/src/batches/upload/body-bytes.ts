import type { Readable } from 'node:stream';
import { ProblemError } from '../../errors/problem-error.js';

/** When reading ends although the body goes on. */
export interface ReadingLimits {
  /** Longest silence, in milliseconds. */
  silenceMs: number;
  /** The process stops. */
  stop: AbortSignal;
}

const SILENT = Symbol('silent');

/**
 * A request's body piece by piece, none read before it is asked for. The stream is left as it is, so that the request
 * can still be answered. Throws `ProblemError` where the body breaks off, nothing arrives for too long, or the process
 * stops.
 */
export async function* bodyBytes(
  stream: Readable,
  { silenceMs, stop }: ReadingLimits,
): AsyncGenerator<Buffer, void> {
  const chunks = stream.iterator({ destroyOnReturn: false });
  for (;;) {
    const chunk = await nextWithin(chunks, silenceMs);
    if (stop.aborted) throw new ProblemError('service-stopping');
    if (chunk === SILENT) throw new ProblemError('request-timeout');
    if (chunk === null) return;
    yield chunk;
  }
}

async function nextWithin(
  chunks: AsyncIterator<unknown>,
  silenceMs: number,
): Promise<Buffer | null | typeof SILENT> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<typeof SILENT>((resolve) => {
    timer = setTimeout(resolve, silenceMs, SILENT);
  });
  try {
    const next = await Promise.race([chunks.next(), silence]);
    if (next === SILENT) return SILENT;
    return next.done === true ? null : (next.value as Buffer);
  } catch {
    const detail = 'The connection broke before the end of the body.';
    throw new ProblemError('malformed-request', { detail });
  } finally {
    clearTimeout(timer);
  }
}
