import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { GatewayHttpRequest, NotSentReason, Transport, TransportResult } from './transport.js';

export interface UndiciTransportOptions {
  /** Most connections to the gateway at once; further calls wait for a free one. Default 128. */
  connections?: number;
  /** Deadline for TCP and TLS set-up, in milliseconds. Default 5,000. */
  connectTimeoutMs?: number;
  /** Where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (either case) are read. Default `process.env`. */
  env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Makes the default transport: an undici keep-alive pool over HTTP/1.1 with TLS verified, no redirects, no
 * pipelining and no silent re-send, through the environment's proxy where one is set.
 *
 * It drives undici's dispatcher itself, because only there is it known whether a request's first byte was
 * handed to a socket: that is the line between `not-sent` and an unknown outcome.
 *
 * Throws undici's `InvalidArgumentError` for a number that cannot be meant.
 * Source: RFC 9112 (HTTP/1.1), section 9.3; the documents of undici, `Dispatcher`.
 *
 * @param options connections, the deadline of connecting in milliseconds, and the environment
 *
 * @example
 * const transport = createUndiciTransport({ connections: 32 });
 */
export function createUndiciTransport(options: UndiciTransportOptions = {}): Transport {
  const dispatcher = createDispatcher(options);
  return {
    send: (request) => exchange(dispatcher, request),
    close: () => dispatcher.destroy(),
  };
}

function createDispatcher({
  connections = 128,
  connectTimeoutMs = 5_000,
  env = process.env,
}: UndiciTransportOptions): Dispatcher {
  const shared = {
    connections,
    pipelining: 1,
    allowH2: false,
    // The exchange's own deadline covers headers and body together.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
  };
  const read = (name: string) => env[name.toLowerCase()] ?? env[name];
  const httpProxy = read('HTTP_PROXY');
  const httpsProxy = read('HTTPS_PROXY');
  if (!httpProxy && !httpsProxy) return new Agent(shared);
  return new EnvHttpProxyAgent({
    ...shared,
    ...(httpProxy ? { httpProxy } : {}),
    ...(httpsProxy ? { httpsProxy } : {}),
    noProxy: read('NO_PROXY') ?? '',
  });
}

function exchange(dispatcher: Dispatcher, request: GatewayHttpRequest): Promise<TransportResult> {
  return new Promise((resolve) => {
    const { origin, path } = locate(request.url);
    const chunks: Buffer[] = [];
    let controller: Dispatcher.DispatchController | undefined;
    let settled = false;
    let received = 0;
    let status = 0;
    let headers: Record<string, string> = {};

    const settle = (result: TransportResult) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const giveUp = (result: TransportResult) => {
      settle(result);
      controller?.abort(new Error('The exchange was given up.'));
    };
    const onAbort = () => {
      giveUp(
        controller
          ? { kind: 'no-answer', reason: 'aborted' }
          : { kind: 'not-sent', reason: 'aborted-before-sending' },
      );
    };
    const timer = setTimeout(() => {
      giveUp(
        controller
          ? { kind: 'no-answer', reason: 'timeout' }
          : { kind: 'not-sent', reason: 'connect-timeout' },
      );
    }, request.timeoutMs);

    if (request.signal?.aborted) {
      onAbort();
      return;
    }
    request.signal?.addEventListener('abort', onAbort, { once: true });

    dispatcher.dispatch(
      {
        origin,
        path,
        method: 'POST',
        headers: request.headers,
        body: request.body,
        idempotent: false,
      },
      {
        onRequestStart(started) {
          // Called before the first byte is written: a call given up while it waited is never sent.
          if (settled) started.abort(new Error('The exchange was given up before sending.'));
          else controller = started;
        },
        onResponseStart(_controller, statusCode, responseHeaders) {
          status = statusCode;
          headers = flattenHeaders(responseHeaders);
        },
        onResponseData(_controller, chunk) {
          received += chunk.length;
          if (received > request.maxResponseBytes) {
            giveUp({ kind: 'no-answer', reason: 'response-too-large' });
          } else {
            chunks.push(chunk);
          }
        },
        onResponseEnd() {
          const [first] = chunks;
          const body = chunks.length === 1 && first ? first : Buffer.concat(chunks, received);
          settle({ kind: 'response', status, headers, body });
        },
        onResponseError(_controller, cause) {
          settle(
            controller
              ? { kind: 'no-answer', reason: 'connection-reset', cause }
              : { kind: 'not-sent', reason: notSentReason(cause), cause },
          );
        },
      },
    );
  });
}

/** What stands before a query that a URL holds as it is written, and that query. */
const PLAIN = /^([^?#]+)(\?[\w.%&=-]+)$/;
/** All calls of a client go to one place, and to parse it each time takes as long as to write the query. */
let latest = { place: '', origin: '', pathname: '' };

function locate(url: string): { origin: string; path: string } {
  const [, place, query] = PLAIN.exec(url) ?? [];
  if (place === undefined || query === undefined) {
    const { origin, pathname, search } = new URL(url);
    return { origin, path: pathname + search };
  }
  if (place !== latest.place) {
    const { origin, pathname } = new URL(place);
    // Put together anew: a piece of a URL would keep all of it, its query included.
    latest = { place: origin + pathname, origin, pathname };
  }
  return { origin: latest.origin, path: latest.pathname + query };
}

function flattenHeaders(headers: Record<string, string | string[] | undefined>) {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined)
      flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

const REASON_BY_CODE: Readonly<Record<string, NotSentReason>> = {
  ENOTFOUND: 'dns-failure',
  EAI_AGAIN: 'dns-failure',
  EAI_FAIL: 'dns-failure',
  ECONNREFUSED: 'connection-refused',
  ETIMEDOUT: 'connect-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  EPROTO: 'tls-failure',
  CERT_HAS_EXPIRED: 'tls-failure',
  CERT_NOT_YET_VALID: 'tls-failure',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-failure',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-failure',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-failure',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-failure',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-failure',
};

function notSentReason(error: Error): NotSentReason {
  const code = errorCode(error);
  if (code === undefined) return 'connect-failed';
  if (code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_')) return 'tls-failure';
  return REASON_BY_CODE[code] ?? 'connect-failed';
}

/**
 * Happy Eyeballs reports one error per address in an AggregateError: the first one names the cause. Errors are told
 * by shape, because those of Node's own modules belong to another realm where a host runs code in a `vm` context.
 */
function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('errors' in error && Array.isArray(error.errors)) return errorCode(error.errors[0]);
  return undefined;
}
