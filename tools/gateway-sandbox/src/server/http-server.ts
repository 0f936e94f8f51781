import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { handleControl } from './control-routes.js';
import { delay, deliver, resetConnection } from './deliver.js';
import { decideCall, type GatewayState } from './gateway-call.js';
import { MAX_BODY_BYTES, readBody } from './read-body.js';
import { sendProblem } from './reply.js';
import type { ControlState } from './route.js';

export interface HttpServerOptions {
  host: string;
  port: number;
  /** Takes one line about an internal fault; never personal data. */
  log: (line: string) => void;
}

type ServerState = GatewayState & ControlState;

export interface RunningServer {
  port: number;
  /** Ends every wait and every connection. */
  close(): Promise<void>;
}

/** A whole call with its parameters in the query fits in. */
const MAX_HEADER_BYTES = 64 * 1024;

/** Serves the gateway and its control routes until closed. */
export async function startServer(
  state: ServerState,
  options: HttpServerOptions,
): Promise<RunningServer> {
  const closing = new AbortController();
  // Every answer that is held back listens.
  setMaxListeners(0, closing.signal);
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      // Longer than clients keep an idle connection, so that none is closed under a request.
      keepAliveTimeout: 75_000,
    },
    (request, response) => {
      handle(state, request, response, closing.signal).catch((error: unknown) => {
        if (closing.signal.aborted || !request.complete) return;
        options.log(`A request failed inside the sandbox: ${describe(error)}`);
        if (response.headersSent) response.destroy();
        else sendProblem(response, 500, 'The sandbox failed; its log says why.');
      });
    },
  );
  const port = await listen(server, options);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function handle(
  state: ServerState,
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  const [path, query] = splitUrl(request.url ?? '');
  response.setHeader('Date', new Date(state.clock()).toUTCString());
  if (path !== '/gateway.do') {
    await handleControl(state, path, request, response);
    return;
  }
  if (request.method !== 'POST' && request.method !== 'GET') {
    sendProblem(response, 405, '/gateway.do takes GET, POST.', { Allow: 'GET, POST' });
    return;
  }
  const body = await readBody(request);
  if (body === null) {
    sendProblem(response, 413, `A call has at most ${MAX_BODY_BYTES} bytes.`);
    return;
  }
  const { action, compose } = decideCall(
    state,
    { query, body: formOf(request, body) },
    state.clock(),
  );
  await delay(action, closing);
  if (compose === undefined) resetConnection(response);
  else await deliver(response, await compose(), action, closing);
}

function splitUrl(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

/** A body of another type holds no parameters. */
function formOf(request: IncomingMessage, body: Buffer): Buffer {
  const type = request.headers['content-type'] ?? '';
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type) ? body : Buffer.alloc(0);
}

/** The port that it listens on, which the system chose where 0 was asked for. */
function listen(server: Server, { host, port }: HttpServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(address === null || typeof address === 'string' ? port : address.port);
    });
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
