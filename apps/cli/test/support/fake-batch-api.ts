import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

const ID = '0193579b-df00-7000-8000-000000000003';

/** What the api does with an upload in place of taking it in. */
type Trouble = (request: IncomingMessage, response: ServerResponse) => void;

/** An api that counts the lines of uploads, and ends every batch as `counts` say. */
export class FakeBatchApi {
  /** For the next uploads, one each. */
  readonly troubles: Trouble[] = [];
  readonly uploads: { key: string; lines: number; complete: boolean }[] = [];
  /** Answers to `GET /v1/batches/{id}`, in their turn, with `away` none; the last one stays. */
  states: object[] = [{}];
  items: Iterable<object> = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeBatchApi> {
    const server = createServer();
    const api = new FakeBatchApi(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      api.#answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  /** What an operator would have set to use it. */
  get env(): Record<string, string> {
    const address = this.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return { ZHIMAPER_API_URL: `http://127.0.0.1:${port ?? 0}`, ZHIMAPER_API_KEY: 'zma_x' };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { method, url = '' } = request;
    if (method === 'POST' && url === '/v1/batches') {
      const trouble = this.troubles.shift();
      if (trouble) trouble(request, response);
      else this.#takeIn(request, response);
    } else if (url.includes('/items')) {
      void this.#stream(response);
    } else {
      const [state = {}] = this.states.length > 1 ? this.states.splice(0, 1) : this.states;
      if ('away' in state) request.destroy();
      else json(response, 200, batch(state));
    }
  }

  #takeIn(request: IncomingMessage, response: ServerResponse): void {
    const upload = { key: String(request.headers['idempotency-key']), lines: 0, complete: false };
    this.uploads.push(upload);
    request.on('data', (piece: Buffer) => {
      for (const byte of piece) if (byte === 0x0a) upload.lines += 1;
    });
    request.on('error', () => undefined);
    request.on('end', () => {
      upload.complete = true;
      json(response, 201, batch({ status: 'running', lineCount: upload.lines }));
    });
  }

  async #stream(response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'application/jsonl' });
    for (const item of this.items) {
      if (!response.write(`${JSON.stringify(item)}\n`)) {
        await new Promise((resolve) => response.once('drain', resolve));
      }
    }
    response.end();
  }
}

function batch(state: object): object {
  const at = '2026-11-24T08:00:00.000Z';
  return {
    ...{ id: ID, status: 'completed', pauseReason: null, lineCount: 1, retryAt: null },
    ...{ counts: { waiting: 0, authorized: 1 }, createdAt: at, updatedAt: at },
    ...{ receivedAt: at, endedAt: null },
    ...state,
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
