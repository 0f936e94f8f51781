import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordingProxy {
  url: string;
  /** The parameters of each request, from query and body, as a form in UTF-8 has them. */
  recorded: Record<string, string>[];
  /** Changes the answer to a request whose body holds the text. */
  rewrite(bodyHolds: string, change: (answer: string) => string): void;
  close(): Promise<void>;
}

/** Stands before a gateway and writes down what passes, whoever sends it. */
export async function startRecordingProxy(gatewayUrl: string): Promise<RecordingProxy> {
  const recorded: Record<string, string>[] = [];
  const changes = new Map<string, (answer: string) => string>();
  const server = createServer((incoming, outgoing) => {
    const { search } = new URL(incoming.url ?? '/', gatewayUrl);
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const form = [...new URLSearchParams(search), ...new URLSearchParams(body.toString())];
      recorded.push(Object.fromEntries(form));
      const { host: _, ...headers } = incoming.headers;
      const onward = request(
        gatewayUrl + search,
        { method: incoming.method, headers },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            const whole = Buffer.concat(parts);
            const change = [...changes].find(([text]) => body.includes(text))?.[1];
            const { 'content-type': type = '' } = answer.headers;
            outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': type });
            outgoing.end(change ? change(whole.toString()) : whole);
          });
        },
      );
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/gateway.do`,
    recorded,
    rewrite: (bodyHolds, change) => void changes.set(bodyHolds, change),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
