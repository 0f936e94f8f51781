import type { GatewayHttpRequest, Transport, TransportResult } from '@zhimaper/alipay-core';
import { describe, expect, it } from '@jest/globals';
import { createBreakerTransport, type BreakerState } from './breaker-transport.js';

const REQUEST: GatewayHttpRequest = {
  url: 'http://127.0.0.1/gateway.do',
  headers: {},
  body: new Uint8Array(),
  timeoutMs: 1_000,
  maxResponseBytes: 1,
};
const answered = (status: number): TransportResult => ({
  kind: 'response',
  status,
  headers: {},
  body: new Uint8Array(),
});
const TIMEOUT: TransportResult = { kind: 'no-answer', reason: 'timeout' };
const REFUSED: TransportResult = { kind: 'not-sent', reason: 'connection-refused' };
const HELD_BACK = { kind: 'not-sent', reason: 'circuit-open' };
const PAUSE_MS = 60;
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS + 20));

/** A breaker that opens after three failures, over a network that answers `next`. */
function setUp() {
  const states: BreakerState[] = [];
  const network = {
    next: answered(200) as TransportResult | Promise<TransportResult>,
    calls: 0,
    closed: 0,
  };
  const inner: Transport = {
    send: () => {
      network.calls += 1;
      return Promise.resolve(network.next);
    },
    close: () => {
      network.closed += 1;
      return Promise.resolve();
    },
  };
  const settings = { failures: 3, pauseMs: PAUSE_MS };
  const transport = createBreakerTransport(inner, settings, (state) => states.push(state));
  const send = async (...results: TransportResult[]) => {
    const answers: TransportResult[] = [];
    for (const result of results) {
      network.next = result;
      answers.push(await transport.send(REQUEST));
    }
    return answers;
  };
  return { network, states, transport, send };
}

describe('createBreakerTransport', () => {
  it.each([
    ['a time-out', TIMEOUT],
    ['a reset', { kind: 'no-answer', reason: 'connection-reset' } as const],
    ['a refused connection', REFUSED],
    ['a failed look-up', { kind: 'not-sent', reason: 'dns-failure' } as const],
    ['status 502', answered(502)],
  ])('opens after three times %s, and passes each of them unchanged', async (_what, failure) => {
    const { network, states, transport, send } = setUp();
    expect(await send(failure, failure)).toEqual([failure, failure]);
    expect(transport.breaker).toBe('closed');
    expect(await send(failure)).toEqual([failure]);
    expect(transport.breaker).toBe('open');
    expect(await send(answered(200))).toEqual([HELD_BACK]);
    expect(network.calls).toBe(3);
    expect(states).toEqual(['open']);
  });

  it.each([
    ['an answer', answered(200)],
    ['status 404', answered(404)],
    ['a call that was given up', { kind: 'no-answer', reason: 'aborted' } as const],
    ['an answer too large', { kind: 'no-answer', reason: 'response-too-large' } as const],
  ])('begins to count anew after %s', async (_what, result) => {
    const { transport, send } = setUp();
    await send(TIMEOUT, TIMEOUT, result, TIMEOUT, TIMEOUT);
    expect(transport.breaker).toBe('closed');
  });

  it('lets one call try after the pause, holding back the others, and closes when it is answered', async () => {
    const { network, states, transport, send } = setUp();
    await send(TIMEOUT, TIMEOUT, TIMEOUT);
    await pause();
    let answer: (result: TransportResult) => void = () => undefined;
    network.next = new Promise((resolve) => (answer = resolve));
    const probe = transport.send(REQUEST);
    expect(transport.breaker).toBe('half-open');
    expect(await transport.send(REQUEST)).toEqual(HELD_BACK);
    answer(answered(200));
    expect(await probe).toEqual(answered(200));
    expect(network.calls).toBe(4);
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('opens again where that call fails too', async () => {
    const { states, send } = setUp();
    await send(REFUSED, REFUSED, REFUSED);
    await pause();
    expect(await send(TIMEOUT, answered(200))).toEqual([TIMEOUT, HELD_BACK]);
    expect(states).toEqual(['open', 'half-open', 'open']);
  });

  it('closes the transport within', async () => {
    const { network, transport } = setUp();
    await transport.close();
    expect(network.closed).toBe(1);
  });
});
