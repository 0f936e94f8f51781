import { AsyncLocalStorage } from 'node:async_hooks';

/** The ids that every log line of one request carries. */
export interface RequestIds {
  /** One request of one caller. */
  requestId: string;
  /** The trace that the caller began (W3C `traceparent`), or else one of its own. */
  traceId: string;
}

/** The request that the running code belongs to. */
export const requestContext = new AsyncLocalStorage<RequestIds>();

const TRACEPARENT = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}/;

/**
 * The ids of a new request.
 *
 * Source: W3C Trace Context, section 3.2.
 *
 * @param requestId a fresh UUID
 * @param traceparent the header's value, if there is one
 */
export function requestIds(requestId: string, traceparent: string | undefined): RequestIds {
  const traceId = TRACEPARENT.exec(traceparent ?? '')?.[1] ?? requestId.replaceAll('-', '');
  return { requestId, traceId };
}
