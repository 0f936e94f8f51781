import { request, type ClientRequest } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { TestApi } from './test-api.js';

/** An upload whose body is sent by hand. */
export interface SlowUpload {
  /** Sends a part; resolves once it left. */
  send(part: string): Promise<void>;
  end(): void;
  /** Breaks the connection. */
  abort(): void;
  /** Status and problem code or batch id, or `broken` where the connection broke. */
  answer: Promise<{ status: number; body: { id?: string; code?: string } } | 'broken'>;
}

/** Begins to upload lines of JSONL, or whatever else it is told. */
export function beginUpload(
  api: TestApi,
  key: string,
  idempotencyKey: string,
  { path = '/v1/batches', type = 'application/jsonl' } = {},
): SlowUpload {
  const client = request(api.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': type,
      'idempotency-key': idempotencyKey,
    },
  });
  return {
    send: (part) => new Promise((resolve) => void client.write(part, () => resolve())),
    end: () => client.end(),
    abort: () => client.destroy(),
    answer: answerOf(client),
  };
}

async function answerOf(client: ClientRequest): Promise<Awaited<SlowUpload['answer']>> {
  try {
    const [response] = (await once(client, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    const body = JSON.parse(text) as { id?: string; code?: string };
    return { status: response.statusCode ?? 0, body };
  } catch {
    return 'broken';
  }
}
