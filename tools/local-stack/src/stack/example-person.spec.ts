import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { authorizeExamplePerson } from './example-person.js';

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

describe('authorizeExamplePerson', () => {
  let server: Server;
  let api: string;
  let answers: Answer[];
  let requests: { key: string | undefined; body: string }[];
  beforeEach(async () => {
    answers = [];
    requests = [];
    server = createServer((request, response) => {
      void readBody(request).then((body) => {
        requests.push({ key: request.headers['idempotency-key']?.toString(), body });
        const answer = answers.shift() ?? { status: 500, body: {} };
        response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.body));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const readBody = (request: IncomingMessage) => text(request);
  const send = () => authorizeExamplePerson({ api, apiKey: 'zma_key', dataDir: '/data' });

  it('returns what the api answered, and whether it was there before', async () => {
    const body = { id: '0193', status: 'authorized', reference: 'local-stack-example' };
    answers.push({ status: 201, body });
    expect(await send()).toEqual({ authorization: body, replayed: false });
    answers.push({ status: 201, body, headers: { 'Idempotent-Replayed': 'true' } });
    expect(await send()).toEqual({ authorization: body, replayed: true });
  });

  it('sends the same key and the same bytes every time, the example of the document among them', async () => {
    answers.push({ status: 201, body: { id: '1', status: 'authorized' } });
    answers.push({ status: 201, body: { id: '1', status: 'authorized' } });
    await send();
    await send();
    expect(requests[0]).toEqual({
      key: 'local-stack-example-person',
      body:
        '{"certType":"IDENTITY_CARD","certNo":"330701199901011311","name":"张三",' +
        '"mobile":"13588111111","linkedMerchantId":"2088721630869411",' +
        '"reference":"local-stack-example","consent":{"reference":"local-stack-example",' +
        '"textVersion":"2025-01","grantedAt":"2025-01-01T00:00:00Z"}}',
    });
    expect(requests[1]).toEqual(requests[0]);
  });

  it('applies anew when the person was erased', async () => {
    answers.push({ status: 410, body: {} }, { status: 410, body: {} });
    answers.push({ status: 201, body: { id: '3', status: 'authorized' } });
    expect((await send()).authorization.id).toBe('3');
    expect(requests.map(({ key }) => key)).toEqual([
      'local-stack-example-person',
      'local-stack-example-person-2',
      'local-stack-example-person-3',
    ]);
  });

  it.each([
    [
      { status: 504, body: { code: 'unknown-outcome', title: 'Unknown outcome', detail: 'Late.' } },
      'HTTP 504, unknown-outcome, Unknown outcome, Late.',
    ],
    [{ status: 200, body: { id: '1', status: 'abandoned' } }, 'HTTP 200'],
    [{ status: 201, body: { id: '1', status: 'unknown' } }, 'HTTP 201'],
  ])('does not take %j for stored', async (answer, reason) => {
    answers.push(answer);
    await expect(send()).rejects.toMatchObject({
      code: 'EXAMPLE_NOT_AUTHORIZED',
      message: `The example person's authorisation was not stored: ${reason}.`,
    });
  });
});
