import { generateKeyPairSync, sign } from 'node:crypto';
import { AlipayClient } from '../src/methods/alipay-client.js';
import type { GatewayClientOptions } from '../src/gateway/client-options.js';
import type { Transport, TransportResult } from '../src/gateway/transport.js';
import { TEST_PRIVATE_KEY } from './fixtures/test-key.js';

/** One request as it would have gone over the wire, decoded as UTF-8. */
export interface SentRequest {
  query: Record<string, string>;
  body: Record<string, string>;
}

const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** An answer as Alipay would sign it: `value` is the response member's JSON. */
export function answerOf(member: string, value: string): TransportResult {
  const signature = sign('sha256', Buffer.from(value), alipay.privateKey).toString('base64');
  return {
    kind: 'response',
    status: 200,
    headers: { 'content-type': 'text/html;charset=utf-8', trace_id: '0b5f7a2e17' },
    body: Buffer.from(`{"${member}":${value},"sign":"${signature}"}`),
  };
}

/** A client whose transport records what is sent and brings back what `answer` makes of it. */
export function fakeGateway(
  answer: (request: SentRequest) => TransportResult,
  options: Partial<GatewayClientOptions> = {},
): { client: AlipayClient; sent: SentRequest[] } {
  const sent: SentRequest[] = [];
  const transport: Transport = {
    send({ url, body }) {
      const request = {
        query: Object.fromEntries(new URL(url).searchParams),
        body: Object.fromEntries(new URLSearchParams(Buffer.from(body).toString('latin1'))),
      };
      sent.push(request);
      return Promise.resolve(answer(request));
    },
    close: () => Promise.resolve(),
  };
  const client = new AlipayClient({
    appId: '2014072300007148',
    privateKey: TEST_PRIVATE_KEY,
    alipayPublicKey: alipay.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    gatewayUrl: 'https://gateway.test/gateway.do',
    clock: () => new Date('2014-07-23T19:07:50Z'),
    random: () => 0,
    ...options,
    transport,
  });
  return { client, sent };
}
