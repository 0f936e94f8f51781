import { request, type Agent, type IncomingHttpHeaders } from 'node:http';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface RawRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
  agent?: Agent;
  /** Called with each piece of the answer's body as it comes. */
  onChunk?: (chunk: Buffer) => void;
}

/** One HTTP exchange, byte for byte. */
export function exchange(url: string, options: RawRequest = {}): Promise<RawAnswer> {
  // A connection of its own by default: a kept one may be one that the other side has closed.
  const { method = 'GET', headers = {}, body, agent = false, onChunk } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => {
        onChunk?.(chunk);
        chunks.push(chunk);
      });
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export async function exchangeJson(
  url: string,
  method: string,
  body?: unknown,
): Promise<{ status: number; json: unknown }> {
  const answer = await exchange(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = answer.body.toString('utf8');
  return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
}
