import { describe, expect, it } from '@jest/globals';

import {
  APPLY,
  applyContext,
  errorJson,
  MEMBER,
  noAnswer,
  notSent,
  received,
  signed,
  SUCCESS_JSON,
  unsigned,
  wronglySigned,
} from '../../test/gateway-answers.js';
import { judge } from './outcome.js';
import type { TransportResult } from './transport.js';

/** Verified errors: the class, the gateway's `code`, its `sub_code`. */
const VERIFIED_ERRORS = [
  'rate-limited: 40005',
  'rate-limited: 40005 isv.app-call-limited',
  'rate-limited: 40005 isv.method-call-limited',
  'rate-limited: 40005 isv.not-listed',
  'unknown-outcome: 20000',
  'unknown-outcome: 20000 isp.unknow-error',
  'unknown-outcome: 20000 aop.not-listed',
  'unknown-outcome: 40004 SYSTEM_ERROR',
  'unknown-outcome: 20000 aop.ACQ.SYSTEM_ERROR',
  'unknown-outcome: 40005 ZHIMA_SYSTEM_ERROR',
  'caller-config: 40001',
  'caller-config: 40001 isv.missing-version',
  'caller-config: 40001 isv.not-listed',
  'caller-config: 40002',
  'caller-config: 40002 isv.invalid-signature',
  'caller-config: 40002 isv.missing-signature-config',
  'caller-config: 40003 isv.missing-signature-config',
  'caller-config: 40002 app-cert-expired',
  'caller-config: 40002 isv.app-cert-not-exist',
  'caller-config: 40003 not-online-app',
  'permission: 40006',
  'permission: 40006 isv.insufficient-isv-permissions',
  'permission: 20001 aop.no-product-reg-by-partner',
  'permission: 40002 isv.forbidden-api',
  'token: 20001',
  'token: 20001 aop.app-auth-token-time-out',
  'caller-input: 40004 CERT_NO_IS_NULL',
  'caller-input: 40004 CERT_TYPE_IS_NULL',
  'caller-input: 40004 NAME_IS_NULL',
  'caller-input: 40004 MOBILE_IS_NULL',
  'caller-input: 40002 isv.invalid-parameter',
  'caller-input: 40002 isv.illegal-json',
  'end-user: 40004 NO_USER_ERROR',
  'end-user: 40002 isv.NO_USER_ERROR',
];

const NOT_SENT = [
  'dns-failure',
  'connection-refused',
  'connect-timeout',
  'tls-failure',
  'connect-failed',
  'circuit-open',
  'too-many-calls',
  'over-budget',
  'aborted-before-sending',
] as const;

/** Everything that leaves the outcome unknown, by the reason given. */
const UNKNOWN: [reason: string, what: string, result: TransportResult][] = [
  ['timeout', 'no answer in time', noAnswer('timeout')],
  ['connection-reset', 'a reset after the request left', noAnswer('connection-reset')],
  ['aborted', 'a call given up under way', noAnswer('aborted')],
  ['response-too-large', 'an answer cut off at the limit', noAnswer('response-too-large')],
  ['response-too-large', 'one byte over the limit', received(' '.repeat(10_485_761))],
  ['malformed-response', 'an empty body', received('')],
  ['malformed-response', 'HTML with status 200', received('<html>busy</html>')],
  ['malformed-response', 'a truncated body', received(`{"${MEMBER}":{"code":"100`)],
  ['malformed-response', '100,000 levels', received(`{"${MEMBER}":${'['.repeat(100_000)}`)],
  ['decryption-failed', 'an encrypted answer without the key', signed('"QUJD"')],
  ['unsigned-answer', 'an encrypted answer without signature', unsigned('"QUJD"')],
  ['malformed-response', 'no code at all', signed('{"msg":"M"}')],
  ['repeated-member', 'two signatures', received(`{"${MEMBER}":{},"sign":"S","sign":"S"}`)],
  ['trailing-data', 'a comment behind', received(`{"${MEMBER}":{}}<!-- proxy -->`)],
  ['missing-response-member', "another method's member", received('{"x_response":{}}')],
  ['http-status', 'status 502', received('<html>', { status: 502 })],
  ['http-status', 'status 500 with a success', signed(SUCCESS_JSON, MEMBER, { status: 500 })],
  ['http-status', 'a redirect', received('', { status: 302 })],
  ['http-status', 'status 199', signed(SUCCESS_JSON, MEMBER, { status: 199 })],
  ['unsigned-answer', 'a success without signature', unsigned(SUCCESS_JSON)],
  ['invalid-signature', 'a success with a wrong signature', wronglySigned(SUCCESS_JSON)],
  ['incomplete-success', 'a success without tokens', signed('{"code":"10000"}')],
  ['unlisted-code', 'an unlisted code', signed(errorJson('10003'))],
  ['unlisted-code', 'both unlisted', signed(errorJson('50000', 'x.y'))],
  ['unlisted-code', 'an unlisted sub-code alone', signed('{"sub_code":"x.y"}')],
  ['unlisted-code', '40004 with an unlisted sub-code', signed(errorJson('40004', 'NEW_ERROR'))],
  ['unlisted-code', '40004 alone', signed(errorJson('40004'))],
  [
    'unlisted-code',
    "40004 with another interface's sub-code",
    signed(errorJson('40004', 'isv.code-invalid')),
  ],
  ['unsigned-answer', '40005 unsigned', unsigned(errorJson('40005'))],
  ['invalid-signature', '40005 wrongly signed', wronglySigned(errorJson('40005'))],
  ['unsigned-answer', 'NO_USER_ERROR unsigned', unsigned(errorJson('40004', 'NO_USER_ERROR'))],
  [
    'invalid-signature',
    'NO_USER_ERROR wrongly signed',
    wronglySigned(errorJson('40004', 'NO_USER_ERROR')),
  ],
  [
    'unsigned-answer',
    'isv.invalid-signature unsigned',
    unsigned(errorJson('40002', 'isv.invalid-signature')),
  ],
  [
    'invalid-signature',
    'isv.invalid-app-id wrongly signed',
    wronglySigned(errorJson('40002', 'isv.invalid-app-id')),
  ],
];

describe('judge', () => {
  it.each([MEMBER, 'error_response'])('success: 10000, verified, both tokens, in %s', (member) => {
    expect(judge(signed(SUCCESS_JSON, member), applyContext).outcome).toBe('success');
  });

  it.each(NOT_SENT)('not-sent: %s', (reason) => {
    expect(judge(notSent(reason), applyContext)).toMatchObject({ outcome: 'not-sent', reason });
  });

  it.each(VERIFIED_ERRORS)('%s', (row) => {
    const [outcome, code = '', subCode] = row.split(/:? /);

    expect(judge(signed(errorJson(code, subCode)), applyContext)).toMatchObject({
      outcome,
      reason: 'gateway-error',
      verified: true,
    });
  });

  it.each(UNKNOWN)('unknown-outcome: %s for %s', (reason, _what, result) => {
    expect(judge(result, applyContext)).toMatchObject({ outcome: 'unknown-outcome', reason });
  });

  it.each([
    'isv.invalid-app-id',
    'isv.missing-app-id',
    'isv.missing-signature-config',
    'isv.missing-signature-key',
    'invalid-app-id',
  ])('caller-config: %s unsigned, since the gateway cannot sign it', (subCode) => {
    expect(judge(unsigned(errorJson('40002', subCode)), applyContext)).toMatchObject({
      outcome: 'caller-config',
      reason: 'gateway-error',
      verified: false,
    });
  });

  it.each([
    'caller-config: isv.grant-type-invalid',
    'end-user: isv.code-invalid',
    'token: isv.refresh-token-invalid',
    'token: isv.refresh-token-time-out',
    'token: isv.refreshed-token-invalid',
  ])('of the token interface, %s', (row) => {
    const [outcome, subCode = ''] = row.split(': ');
    const method = 'alipay.system.oauth.token';
    const result = signed(errorJson('40002', subCode), 'error_response');

    expect(judge(result, { ...applyContext, method }).outcome).toBe(outcome);
  });

  it('says in every failure what happened and what to do, and never to repeat an unknown one', () => {
    const results = [
      ...NOT_SENT.map(notSent),
      ...UNKNOWN.map(([, , result]) => result),
      ...VERIFIED_ERRORS.map((row) => row.split(/:? /)).map(([, code = '', subCode]) =>
        signed(errorJson(code, subCode)),
      ),
    ];
    const failures = results
      .map((result) => judge(result, applyContext))
      .flatMap((answer) => (answer.outcome === 'success' ? [] : [answer]));

    expect(failures).toHaveLength(results.length);
    expect(failures.filter(({ description }) => !/^\S.{15,}\.$/.test(description))).toEqual([]);
    expect(failures.filter(({ solution }) => !/^[A-Z].{15,}\.$/.test(solution))).toEqual([]);
    expect(
      failures.filter(({ outcome, solution }) =>
        outcome === 'unknown-outcome'
          ? !solution.startsWith('Do not repeat')
          : outcome === 'not-sent' && solution.includes('not repeat'),
      ),
    ).toEqual([]);
  });

  it('ends an answer over the limit and one nested too deep in under 200 ms', () => {
    const hostile = [
      received(' '.repeat(10_485_761)),
      received(`{"${MEMBER}":${'{"a":'.repeat(100_000)}`),
    ];

    const start = performance.now();
    const answers = hostile.map((result) => judge(result, applyContext));
    const elapsed = performance.now() - start;

    expect(answers).toMatchObject([
      {
        description:
          'The answer is larger than the limit. The answer has more than the 10485760 bytes allowed (byte 10485760).',
      },
      {
        description:
          'What came back is not an answer of the gateway that can be read. The nesting is deeper than 64 levels (byte 365).',
      },
    ]);
    expect(elapsed).toBeLessThan(200);
  });

  it('takes the limits that it is given', () => {
    const result = signed(errorJson('40004', 'NO_USER_ERROR'));
    const maxBytes = result.body.length;

    expect(judge(result, { ...applyContext, maxBytes }).outcome).toBe('end-user');
    expect(judge(result, { ...applyContext, maxBytes: maxBytes - 1 })).toMatchObject({
      reason: 'response-too-large',
    });
    expect(judge(result, { ...applyContext, maxDepth: 1 })).toMatchObject({
      reason: 'malformed-response',
    });
  });

  it('names the response member after the method', () => {
    expect(judge(signed(SUCCESS_JSON), { ...applyContext, method: `${APPLY}.x` })).toMatchObject({
      reason: 'missing-response-member',
    });
  });
});
