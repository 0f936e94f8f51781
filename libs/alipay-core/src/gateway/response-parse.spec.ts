import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { AlipayError } from '../errors/alipay-error.js';
import { parseResponse } from './response-parse.js';

const method = 'alipay.trade.query';
const body = '{"alipay_trade_query_response":{"code":"10000","access_token":"tok"},"sign":"S"}';

describe('parseResponse', () => {
  it.each([
    ['bytes', new TextEncoder().encode(body)],
    ['a text', body],
  ])('takes %s apart', (_name, given) => {
    const { signedBytes, ...rest } = parseResponse(given, { method });

    expect(new TextDecoder().decode(signedBytes)).toBe('{"code":"10000","access_token":"tok"}');
    expect(rest).toEqual({
      memberName: 'alipay_trade_query_response',
      value: { code: '10000', access_token: 'tok' },
      sign: 'S',
      alipayCertSn: null,
      charset: 'utf-8',
    });
  });

  it('takes a text for bytes in the charset given', () => {
    const { signedBytes, charset } = parseResponse('{"error_response":{"m":"誠"}}', {
      method,
      charset: 'gbk',
    });

    expect(charset).toBe('gbk');
    expect(Buffer.from(signedBytes).toString('hex')).toBe('7b226d223a22d55c227d');
  });

  it('prints without its values', () => {
    const answers = [body, '{"error_response":"dG9r","sign":"S"}'].map((given) =>
      parseResponse(given, { method }),
    );

    expect(JSON.parse(JSON.stringify(answers))).toEqual([
      {
        memberName: 'alipay_trade_query_response',
        signedBytes: '[37 bytes]',
        value: { code: '[redacted]', access_token: '[redacted]' },
        sign: 'S',
        alipayCertSn: null,
        charset: 'utf-8',
      },
      {
        memberName: 'error_response',
        signedBytes: '[6 bytes]',
        value: '[redacted]',
        sign: 'S',
        alipayCertSn: null,
        charset: 'utf-8',
      },
    ]);
    expect(
      inspect(answers, { depth: 9 }) + answers.map((answer: unknown) => String(answer)).join(),
    ).not.toMatch(/tok\b|dG9r/);
  });

  it('throws for what is no gateway answer, and quotes none of it', () => {
    expect(() => parseResponse('{"name":"张三"', { method })).toThrow(
      new AlipayError(
        'MALFORMED_RESPONSE',
        'These bytes are no gateway answer (malformed-response): The answer ends too early, at byte 16.',
        { nextStep: 'x' },
      ),
    );
    expect(() => parseResponse('{"sign":"a","sign":"b"}', { method })).toThrow(/repeated-member/);
    expect(() => parseResponse(body, { method, maxBytes: 10 })).toThrow(/response-too-large/);
    expect(() => parseResponse(body, { method, maxDepth: 1 })).toThrow(/deeper than 1 level/);
  });
});
