import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';

import {
  applyContext,
  errorJson,
  fail,
  MEMBER,
  received,
  signed,
  SUCCESS_JSON,
  TOKENS,
  unsigned,
  wronglySigned,
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
  });

  it.each([
    ['unsigned-answer', unsigned('"QUJD"')],
    ['invalid-signature', wronglySigned('"QUJD"')],
  ])('is never opened before it is verified: %s', (reason, result) => {
    const context = decrypting(SUCCESS_JSON);

    expect(fail(result, context)).toMatchObject({
      outcome: 'unknown-outcome',
      reason,
      code: null,
      rawBody: result.body,
    });
    expect(context.decrypt).not.toHaveBeenCalled();
  });

  it.each([
    ['success', SUCCESS_JSON],
    ['end-user', errorJson('40004', 'NO_USER_ERROR')],
  ])('may come in the clear, and is believed by its signature: %s', (outcome, plain) => {
    const context = decrypting('');

    expect(judge(signed(plain), context)).toMatchObject({ outcome, verified: true });
    expect(context.decrypt).not.toHaveBeenCalled();
  });

  it.each(['', '[]', '"x"', '{"code":"10000"', `${SUCCESS_JSON}x`, '{"a":'.repeat(65)])(
    'that holds %j cannot be read, and its bytes are kept',
    (plain) => {
      const result = signed('"QUJD"');

      expect(fail(result, decrypting(plain))).toMatchObject({
        outcome: 'unknown-outcome',
        reason: 'decryption-failed',
        verified: true,
        rawBody: result.body,
      });
    },
  );

  it('says the same whatever keeps it shut', () => {
    const { decrypt: _, ...noKey } = decrypting('');
    const wrongKey = {
      ...noKey,
      decrypt: () => {
        throw new Error('bad decrypt');
      },
    };
    const failures = [noKey, wrongKey, decrypting('{'), decrypting('[]')].map((context) =>
      JSON.stringify(fail(signed('"QUJD"'), context)),
    );

    expect(new Set(failures).size).toBe(1);
    expect(JSON.parse(failures[0]!)).toMatchObject({
      outcome: 'unknown-outcome',
      description:
        "The answer is Alipay's, but encrypted, and no content encryption key (AES) configured here opens it.",
      code: null,
    });
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
