import type { GatewayHttpRequest, Transport, TransportResult } from '@zhimaper/alipay-core';
import { describe, expect, it } from '@jest/globals';
import { createBulkheadTransport, type BulkheadSettings } from './bulkhead-transport.js';

const REQUEST: GatewayHttpRequest = {
  url: 'http://127.0.0.1/gateway.do',
  headers: {},
  body: new Uint8Array(),
  timeoutMs: 5_000,
  maxResponseBytes: 1,
};
const TIMEOUT: TransportResult = { kind: 'no-answer', reason: 'timeout' };
const TOO_MANY = { kind: 'not-sent', reason: 'too-many-calls' };

/** A bulkhead over a network that answers when it is told to. */
function setUp(changes: Partial<BulkheadSettings> = {}) {
  const sent: { request: GatewayHttpRequest; answer: () => void }[] = [];
  const inner: Transport = {
    send: (request) =>
      new Promise((resolve) => {
        sent.push({
          request,
          answer: () => {
            resolve(TIMEOUT);
          },
        });
      }),
    close: () => Promise.resolve(),
  };
  const settings = { concurrency: 1, queue: 2, queueDeadlineMs: 500, ...changes };
  const transport = createBulkheadTransport(inner, settings);
  const send = (request: Partial<GatewayHttpRequest> = {}) =>
    transport.send({ ...REQUEST, ...request });
  return { sent, transport, send };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('createBulkheadTransport', () => {
  it('lets so many calls through, then one for each that ends', async () => {
    const { sent, transport, send } = setUp();
    const answers = [send(), send(), send()];
    expect([sent.length, transport.inFlight, transport.waiting]).toEqual([1, 1, 2]);
    sent[0]!.answer();
    await settle();
    expect([sent.length, transport.inFlight, transport.waiting]).toEqual([2, 1, 1]);
    sent[1]!.answer();
    await settle();
    sent[2]!.answer();
    expect(await Promise.all(answers)).toEqual([TIMEOUT, TIMEOUT, TIMEOUT]);
    await settle();
    expect([transport.inFlight, transport.waiting]).toEqual([0, 0]);
  });

  it('refuses at once what finds the queue full', async () => {
    const { sent, send } = setUp();
    void send();
    void send();
    void send();
    expect(await send()).toEqual(TOO_MANY);
    expect(sent).toHaveLength(1);
  });

  it('refuses what waited too long, which takes no place when its turn comes', async () => {
    const { sent, transport, send } = setUp({ queueDeadlineMs: 20 });
    const first = send();
    expect(await send()).toEqual(TOO_MANY);
    const third = send();
    sent[0]!.answer();
    await settle();
    expect(sent).toHaveLength(2);
    sent[1]!.answer();
    expect(await Promise.all([first, third])).toEqual([TIMEOUT, TIMEOUT]);
    expect(transport.inFlight).toBe(0);
  });

  it("waits no longer than the call's own deadline, and takes the wait off it", async () => {
    const { sent, send } = setUp();
    void send();
    expect(await send({ timeoutMs: 20 })).toEqual(TOO_MANY);
    const waiting = send({ timeoutMs: 400 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    sent[0]!.answer();
    await settle();
    expect(sent[1]!.request.timeoutMs).toBeLessThanOrEqual(372);
    expect(sent[1]!.request.timeoutMs).toBeGreaterThan(0);
    sent[1]!.answer();
    expect(await waiting).toEqual(TIMEOUT);
  });

  it('gives up a waiting call that is given up', async () => {
    const { sent, send } = setUp();
    void send();
    const controller = new AbortController();
    const waiting = send({ signal: controller.signal });
    controller.abort();
    const givenUp = { kind: 'not-sent', reason: 'aborted-before-sending' };
    expect(await waiting).toEqual(givenUp);
    expect(await send({ signal: controller.signal })).toEqual(givenUp);
    sent[0]!.answer();
    await settle();
    expect(sent).toHaveLength(1);
  });
});
