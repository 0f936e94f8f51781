import { request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { createLogger } from '../logging/logger.js';
import { limitBodyTime } from './body-deadline.js';

const LIMIT_MS = 200;
const logger = createLogger('silent');
const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

/** A server with an ordinary route, and one whose body is a stream of which it reads nothing. */
async function serve(): Promise<number> {
  const app = Fastify({ forceCloseConnections: true });
  apps.push(app);
  limitBodyTime(app, logger, LIMIT_MS);
  app.addContentTypeParser('text/csv', (_request, payload, done) => {
    done(null, payload);
  });
  app.post('/plain', () => 'taken');
  app.post('/stream', { config: { streams: ['text/csv'] } }, () => 'taken');
  await app.listen({ host: '127.0.0.1', port: 0 });
  return (app.server.address() as AddressInfo).port;
}

/** Sends the beginning of a body and nothing more. */
async function sendHalf(port: number, path: string, type: string, half: string) {
  const client = request({ port, path, method: 'POST', headers: { 'content-type': type } });
  const broken = once(client, 'close');
  client.on('error', () => undefined);
  client.write(half);
  const begun = performance.now();
  const [response] = (await once(client, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, text, afterMs: performance.now() - begun, client, broken };
}

it('answers a body that does not arrive in time, and closes the connection', async () => {
  const { status, text, afterMs, broken } = await sendHalf(
    ...([await serve(), '/plain', 'application/json', '{'] as const),
  );
  expect([status, (JSON.parse(text) as { code: string }).code]).toEqual([408, 'request-timeout']);
  expect(afterMs).toBeGreaterThanOrEqual(LIMIT_MS - 5);
  await broken;
});

it('leaves a streamed body its time, until it was answered', async () => {
  const { status, text, broken } = await sendHalf(
    ...([await serve(), '/stream', 'text/csv', 'a,b'] as const),
  );
  expect([status, text]).toEqual([200, 'taken']);
  await broken;
});

it('disturbs no request that arrives in time', async () => {
  const port = await serve();
  const response = await fetch(`http://127.0.0.1:${port}/plain`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  await new Promise((resolve) => setTimeout(resolve, 2 * LIMIT_MS));
  expect([response.status, await response.text()]).toEqual([200, 'taken']);
});
