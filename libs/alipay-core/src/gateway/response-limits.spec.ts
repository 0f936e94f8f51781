import { describe, expect, it } from '@jest/globals';

import { encodeText } from '../charset/index.js';
import { scanResponse, type ScanOptions } from './response-scanner.js';

const MEMBER = 'alipay_trade_query_response';

function scan(answer: string | Uint8Array, options: Partial<ScanOptions> = {}) {
  const bytes = typeof answer === 'string' ? encodeText(answer, 'utf-8') : answer;
  return scanResponse(bytes, { method: 'alipay.trade.query', charset: 'utf-8', ...options });
}

describe('the limits of scanResponse', () => {
  const padded = (length: number) => {
    const bytes = new Uint8Array(length).fill(0x20);
    bytes.set(encodeText(`{"${MEMBER}":{}}`, 'utf-8'));
    return bytes;
  };

  it('takes 10,485,760 bytes and refuses one more in under 200 ms, without memory of its own', () => {
    const [allowed, over] = [padded(10_485_760), padded(10_485_761)];
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();

    const refused = scan(over);

    const elapsed = performance.now() - start;
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(1_000_000);
    expect(elapsed).toBeLessThan(200);
    expect(refused).toEqual({
      ok: false,
      reason: 'response-too-large',
      detail: 'The answer has more than the 10485760 bytes allowed',
      offset: 10_485_760,
    });
    expect(scan(allowed)).toMatchObject({ ok: true, value: {} });
  });

  it.each([
    ['arrays', '['],
    ['objects', '{"a":'],
  ])('refuses 100,000 nested %s in under 200 ms, without much memory', (_name, opening) => {
    const bytes = encodeText(`{"${MEMBER}":${opening.repeat(100_000)}`, 'utf-8');
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();

    const refused = scan(bytes);

    const elapsed = performance.now() - start;
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(5_000_000);
    expect(elapsed).toBeLessThan(200);
    expect(refused).toMatchObject({
      reason: 'malformed-response',
      detail: 'The nesting is deeper than 64 levels',
    });
  });

  it('counts levels from the root object', () => {
    const nested = (levels: number) =>
      `{"${MEMBER}":{"a":${'['.repeat(levels - 2)}${']'.repeat(levels - 2)}}}`;

    expect(scan(nested(64)).ok).toBe(true);
    expect(scan(nested(65)).ok).toBe(false);
    expect(scan(nested(5), { maxDepth: 5 }).ok).toBe(true);
    expect(scan(nested(5), { maxDepth: 4 }).ok).toBe(false);
    expect(scan(`{"${MEMBER}":{"a":[[],[],[]],"b":{},"c":{},"d":{}}}`, { maxDepth: 4 }).ok).toBe(
      true,
    );
  });

  it('counts bytes, inclusive', () => {
    expect(scan(padded(60), { maxBytes: 60 }).ok).toBe(true);
    expect(scan(padded(61), { maxBytes: 60 })).toMatchObject({ reason: 'response-too-large' });
  });

  it.each([0, 513, Number.NaN])('throws for a maxDepth of %d', (maxDepth) => {
    expect(() => scan('{}', { maxDepth })).toThrow(
      new TypeError('maxDepth must be between 1 and 512'),
    );
  });

  it('reaches its deepest level without harm to the stack', () => {
    const answer = `{"${MEMBER}":{"a":${'['.repeat(510)}${']'.repeat(510)}}}`;

    expect(scan(answer, { maxDepth: 512 }).ok).toBe(true);
  });
});
