import type { Readable } from 'node:stream';
import { ProblemError } from '../../errors/problem-error.js';

/** When reading ends although the body goes on. */
interface ReadingLimits {
  /** Longest silence, in milliseconds. */
  silenceMs: number;
  /** The process stops. */
  stop: AbortSignal;
}

/**
 * A request's body piece by piece, none read before it is asked for. The stream is left as it is, so that the request
 * can still be answered. Throws `ProblemError` where the body breaks off, nothing arrives for too long, or the process
 * stops.
 */
export async function* bodyBytes(
  stream: Readable,
  limits: ReadingLimits,
): AsyncGenerator<Buffer, void> {
  const chunks = stream.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      if (limits.stop.aborted) throw new ProblemError('service-stopping');
      const chunk = await within(limits, nextOf(chunks));
      if (chunk === null) return;
      yield chunk;
    }
  } finally {
    // From now on the rest can be passed over. It is not waited for: the body may be silent.
    chunks.return?.().catch(() => undefined);
  }
}

async function nextOf(chunks: AsyncIterator<unknown>): Promise<Buffer | null> {
  try {
    const next = await chunks.next();
    return next.done === true ? null : (next.value as Buffer);
  } catch {
    const detail = 'The connection broke before the end of the body.';
    throw new ProblemError('malformed-request', { detail });
  }
}

async function within<Result>(
  { silenceMs, stop }: ReadingLimits,
  work: Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // A promise of its own for each piece: one that outlives them would hold them all.
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new ProblemError('request-timeout'));
    }, silenceMs);
    const onStop = () => {
      reject(new ProblemError('service-stopping'));
    };
    stop.addEventListener('abort', onStop, { signal: over.signal });
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
