import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';

import {
  applyContext,
  fail,
  MEMBER,
  received,
  signed,
  SUCCESS_JSON,
  TOKENS,
  unsigned,
} from '../../test/gateway-answers.js';
import { judge } from './outcome.js';
import type { AnswerVerifier } from './outcome-signature.js';
import type { AnswerDecrypter } from './response-decrypt.js';

describe('the trace id', () => {
  const value = '{"code":"20000","trace_id":"from-member"}';

  it.each([
    [{ trace_id: 'a1' }, 'a1'],
    [{ TraceId: 'a1' }, 'a1'],
    [{ 'Trace-Id': 'a1' }, 'a1'],
    [{}, 'from-member'],
    [{ trace_id: '' }, 'from-member'],
    [{ trace_id: 'a b' }, 'from-member'],
    [{ trace_id: '张' }, 'from-member'],
    [{ trace_id: 'x'.repeat(129) }, 'from-member'],
  ])('comes from the headers %j', (headers, traceId) => {
    expect(fail(signed(value, MEMBER, { headers })).traceId).toBe(traceId);
  });

  it.each(['""', '1', '"a b"', `"${'x'.repeat(129)}"`])('is not %s', (text) => {
    expect(fail(signed(`{"code":"20000","trace_id":${text}}`)).traceId).toBeNull();
  });

  it('is there without a readable answer', () => {
    const headers = { trace_id: 'a1' };

    expect(fail(received('<html>', { headers })).traceId).toBe('a1');
    expect(fail(received('', { headers, status: 500 }))).toMatchObject({
      traceId: 'a1',
      httpStatus: 500,
    });
  });
});

describe('verification', () => {
  it('is tried a second time with escaped slashes written plainly', () => {
    const value = SUCCESS_JSON.replace('}', ',"u":"https:\\/\\/a\\/b"}');
    const signedValue = value.replaceAll('\\/', '/');

    expect(judge(signed(value, MEMBER, { signedValue }), applyContext)).toMatchObject({
      outcome: 'success',
      data: { u: 'https://a/b' },
    });
    expect(judge(signed(value), applyContext).outcome).toBe('success');
    expect(fail(signed(signedValue, MEMBER, { signedValue: value })).reason).toBe(
      'invalid-signature',
    );
  });

  it('hands over the signed bytes, the signature and the serial number of the certificate', () => {
    const verify = jest.fn<AnswerVerifier>(() => true);
    const body = `{"alipay_cert_sn":"0f","${MEMBER}":${SUCCESS_JSON},"sign":"S"}`;

    expect(judge(received(body), { ...applyContext, verify }).outcome).toBe('success');
    expect(verify.mock.calls).toEqual([[new TextEncoder().encode(SUCCESS_JSON), 'S', '0f']]);
  });
});

describe('an encrypted answer', () => {
  const decrypting = (plain: string) => ({
    ...applyContext,
    decrypt: jest.fn<AnswerDecrypter>(() => new TextEncoder().encode(plain)),
  });

  it('is verified with its quotes and read once opened', () => {
    const context = decrypting(` ${SUCCESS_JSON} `);

    expect(judge(signed('"QUJD"'), context)).toMatchObject({
      outcome: 'success',
      data: TOKENS,
    });
    expect(context.decrypt.mock.calls).toEqual([['QUJD']]);
    expect(fail(signed('"QUJD"', MEMBER, { signedValue: 'QUJD' }), context).reason).toBe(
      'invalid-signature',
    );
    expect(fail(unsigned('"QUJD"'), context)).toMatchObject({
      reason: 'unsigned-answer',
      code: '10000',
    });
  });

  it.each(['', '[]', '"x"', '{"code":"10000"', `${SUCCESS_JSON}x`, '{"a":'.repeat(65)])(
    'that holds %j cannot be read, and its bytes are kept',
    (plain) => {
      const result = signed('"QUJD"');

      expect(fail(result, decrypting(plain))).toMatchObject({
        reason: 'malformed-response',
        verified: true,
        description:
          'What came back is not an answer of the gateway that can be read. It is encrypted and could not be opened.',
        rawBody: result.body,
      });
    },
  );

  it('that cannot be decrypted is an unknown outcome, not an exception', () => {
    const decrypt = () => {
      throw new Error('bad decrypt');
    };

    expect(fail(signed('"QUJD"'), { ...applyContext, decrypt }).reason).toBe('malformed-response');
  });
});

describe('hostile answers', () => {
  it('never make it throw, and never pass for a success', () => {
    const chunk = fc.constantFrom(
      ...['{', '}', '"', ':', ',', '[', ']', '\\', ' ', '\u0000', '1', '张'],
      ...[`"${MEMBER}"`, '"sign"', '"error_response"', '"code"', '"10000"', SUCCESS_JSON],
    );
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(chunk, { maxLength: 12 }).map((chunks) => new TextEncoder().encode(chunks.join(''))),
    );
    fc.assert(
      fc.property(body, fc.constantFrom('utf-8', 'gbk', 'gb18030'), (bytes, charset) => {
        return judge(received(bytes), { ...applyContext, charset }).outcome === 'unknown-outcome';
      }),
      { numRuns: 5_000 },
    );
  });
});
