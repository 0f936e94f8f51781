import type { GatewayHttpRequest, Transport, TransportResult } from '@zhimaper/alipay-core';
import { bulkhead, type BulkheadPolicy } from 'cockatiel';

export interface BulkheadSettings {
  /** Most calls under way at once. */
  concurrency: number;
  /** Most calls that wait for their turn. */
  queue: number;
  /** How long a call waits for its turn, in milliseconds. */
  queueDeadlineMs: number;
}

/** A transport that lets so many calls through at once and no more. */
export interface BulkheadTransport extends Transport {
  readonly inFlight: number;
  readonly waiting: number;
}

/**
 * Limits the calls under way of a transport, so that a slow gateway does not take up the whole service.
 *
 * A call that finds no place in time never left: it is `not-sent`, for `too-many-calls`. The time it waited is
 * part of its own deadline.
 *
 * @example createBulkheadTransport(createUndiciTransport(), { concurrency: 128, queue: 512, queueDeadlineMs: 2_000 });
 */
export function createBulkheadTransport(
  inner: Transport,
  { concurrency, queue, queueDeadlineMs }: BulkheadSettings,
): BulkheadTransport {
  const places = bulkhead(concurrency, queue);
  return {
    send: (request) => {
      if (places.executionSlots > 0) return places.execute(() => inner.send(request));
      if (places.queueSlots === 0) return Promise.resolve(TOO_MANY_CALLS);
      return waitForPlace(places, inner, request, Math.min(queueDeadlineMs, request.timeoutMs));
    },
    close: () => inner.close(),
    get inFlight() {
      return concurrency - places.executionSlots;
    },
    get waiting() {
      return queue - places.queueSlots;
    },
  };
}

const TOO_MANY_CALLS: TransportResult = { kind: 'not-sent', reason: 'too-many-calls' };

/** A call that gave up keeps its place in the queue until its turn, and hands it on at once. */
function waitForPlace(
  places: BulkheadPolicy,
  inner: Transport,
  request: GatewayHttpRequest,
  deadlineMs: number,
): Promise<TransportResult> {
  const { signal, timeoutMs } = request;
  const arrivedAt = performance.now();
  return new Promise((resolve, reject) => {
    let waiting = true;
    const stopWaiting = () => {
      waiting = false;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const onAbort = () => {
      stopWaiting();
      resolve({ kind: 'not-sent', reason: 'aborted-before-sending' });
    };
    const timer = setTimeout(() => {
      stopWaiting();
      resolve(TOO_MANY_CALLS);
    }, deadlineMs);
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    places
      .execute(async () => {
        if (!waiting) return;
        stopWaiting();
        const left = timeoutMs - Math.floor(performance.now() - arrivedAt);
        resolve(await inner.send({ ...request, timeoutMs: Math.max(1, left) }));
      })
      .catch(reject);
  });
}
