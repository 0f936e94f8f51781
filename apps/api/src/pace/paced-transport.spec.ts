import { describe, expect, it } from '@jest/globals';
import type { GatewayHttpRequest, Transport } from '@zhimaper/alipay-core';
import { createPacedTransport } from './paced-transport.js';

const REQUEST: GatewayHttpRequest = {
  url: 'https://gateway.invalid/gateway.do',
  headers: {},
  body: new Uint8Array(),
  timeoutMs: 1_000,
  maxResponseBytes: 1,
};

function innerTransport() {
  const sent: number[] = [];
  const inner: Transport = {
    send: ({ timeoutMs }) => {
      sent.push(timeoutMs);
      return Promise.resolve({ kind: 'no-answer', reason: 'timeout' });
    },
    close: () => Promise.resolve(),
  };
  return { inner, sent };
}

describe('createPacedTransport', () => {
  it('lets a call go that there is room for, and its wait count for its deadline', async () => {
    const { inner, sent } = innerTransport();
    const admit = () => new Promise<boolean>((resolve) => setTimeout(resolve, 30, true));
    const result = await createPacedTransport(inner, { admit }).send(REQUEST);
    expect(result).toEqual({ kind: 'no-answer', reason: 'timeout' });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toBeLessThanOrEqual(975);
  });

  it.each([
    ['there is no room', () => Promise.resolve(false)],
    ['nobody knows', () => Promise.reject(new Error('no database'))],
  ])('sends nothing when %s', async (_what, admit) => {
    const { inner, sent } = innerTransport();
    const result = await createPacedTransport(inner, { admit }).send(REQUEST);
    expect(result).toMatchObject({ kind: 'not-sent', reason: 'over-budget' });
    expect(sent).toEqual([]);
  });
});
