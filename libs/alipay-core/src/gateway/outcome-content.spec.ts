import { inspect } from 'node:util';

import { describe, expect, it, jest } from '@jest/globals';

import {
  applyContext,
  errorJson,
  fail,
  MEMBER,
  noAnswer,
  received,
  signed,
  SUCCESS_JSON,
  TOKENS,
  unsigned,
  wronglySigned,
} from '../../test/gateway-answers.js';
import { judge } from './outcome.js';

const printed = (answer: unknown) =>
  [
    inspect(answer, { showHidden: true, depth: 9 }),
    inspect({ answer }),
    JSON.stringify(answer),
    JSON.stringify({ answer }),
    String(answer),
  ].join('\n');

describe('a success', () => {
  it('carries what the gateway said', () => {
    const headers = { trace_id: '0b5f7a2e17' };

    expect({ ...judge(signed(SUCCESS_JSON, MEMBER, { headers }), applyContext) }).toEqual({
      outcome: 'success',
      code: '10000',
      msg: 'Success',
      subCode: null,
      subMsg: null,
      traceId: '0b5f7a2e17',
      verified: true,
      httpStatus: 200,
      data: { code: '10000', msg: 'Success', ...TOKENS },
    });
  });

  it('prints the names of its members, but none of their values', () => {
    const answer = judge(
      signed(
        `{"code":"10000","msg":"Success","n":{"deep":"secret"},"a":"","refresh_token":"tok","access_token":"tok"}`,
      ),
      applyContext,
    );

    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      outcome: 'success',
      code: '10000',
      msg: 'Success',
      subCode: null,
      subMsg: null,
      traceId: null,
      verified: true,
      httpStatus: 200,
      data: {
        code: '[redacted]',
        msg: '[redacted]',
        n: '[redacted]',
        a: '',
        refresh_token: '[redacted]',
        access_token: '[redacted]',
      },
    });
    expect(printed(answer)).not.toMatch(/secret|tok\b/);
    expect(answer.outcome === 'success' && inspect({ ...answer })).not.toMatch(/secret|tok\b/);
  });

  it('does not read the secrets of the call', () => {
    const secrets = jest.fn(() => ['张三']);
    const context = { ...applyContext, secrets };

    expect(
      judge(signed('{"code":"10000","access_token":"a","refresh_token":"b"}'), context).outcome,
    ).toBe('success');
    expect(judge(signed(SUCCESS_JSON), context).outcome).toBe('success');
    expect(secrets).not.toHaveBeenCalled();
  });

  it.each([
    ['missing', '{"code":"10000","access_token":"a"}'],
    ['empty', '{"code":"10000","access_token":"a","refresh_token":""}'],
    ['null', '{"code":"10000","access_token":"a","refresh_token":null}'],
    ['a number', '{"code":"10000","access_token":"a","refresh_token":1}'],
    ['damaged', '{"code":"10000","access_token":"a","refresh_token":"b\\ufffd"}'],
  ])('is incomplete with a required member that is %s, and keeps its bytes', (_name, value) => {
    const result = signed(value);

    expect(fail(result)).toMatchObject({
      reason: 'incomplete-success',
      verified: true,
      code: '10000',
      rawBody: result.body,
    });
  });

  it('needs no members where none are required', () => {
    const context = { ...applyContext, requiredMembers: [] };

    expect(judge(signed('{"code":10000}'), context)).toMatchObject({
      outcome: 'success',
      code: '10000',
    });
  });

  it('may lack its code where the interface has none', () => {
    const value = '{"access_token":"a","refresh_token":"b","expires_in":300}';
    const context = { ...applyContext, successWithoutCode: true };

    expect(judge(signed(value), context)).toMatchObject({
      outcome: 'success',
      code: null,
      data: { access_token: 'a', refresh_token: 'b', expires_in: 300 },
    });
    expect(fail(signed(value)).reason).toBe('malformed-response');
    expect(fail(signed('{"access_token":"a"}'), context).reason).toBe('incomplete-success');
    expect(fail(unsigned(value), context).reason).toBe('unsigned-answer');
    expect(fail(signed(errorJson('20001')), context).outcome).toBe('token');
    expect(fail(signed('{"sub_code":"isv.not-listed"}'), context).reason).toBe('unlisted-code');
  });

  it('is read from a GBK answer to a UTF-8 request, over the bytes as they came', () => {
    const value = JSON.stringify({
      code: '10000',
      msg: '誠',
      access_token: 'a',
      refresh_token: 'b',
    });

    expect(judge(signed(value, MEMBER, { charset: 'gbk' }), applyContext)).toMatchObject({
      outcome: 'success',
      msg: '誠',
    });
  });
});

describe('a failure', () => {
  it('carries what the gateway said, and its meaning in English', () => {
    const result = signed(
      '{"code":"40004","msg":"Business Failed","sub_code":"isv.NO_USER_ERROR","sub_msg":"无此用户"}',
    );

    expect({ ...fail(result) }).toEqual({
      outcome: 'end-user',
      reason: 'gateway-error',
      code: '40004',
      msg: 'Business Failed',
      subCode: 'isv.NO_USER_ERROR',
      subMsg: '无此用户',
      traceId: null,
      verified: true,
      httpStatus: 200,
      description:
        'No Alipay member with a verified identity has this name, ID number and mobile together.',
      solution:
        'Check the three values with the person. If they are right, ask the person to open an Alipay account and verify their identity first; do not retry unchanged.',
    });
  });

  it('without an answer carries only its reason', () => {
    expect({ ...fail(noAnswer('timeout')) }).toEqual({
      outcome: 'unknown-outcome',
      reason: 'timeout',
      code: null,
      msg: null,
      subCode: null,
      subMsg: null,
      traceId: null,
      verified: false,
      httpStatus: null,
      description: 'The request left, but no whole answer came in time.',
      solution:
        'Do not repeat the call by itself. Find out first whether it took effect, then let a person decide.',
    });
  });

  it('that is not believed says what it claims', () => {
    expect(fail(wronglySigned(errorJson('40005')))).toMatchObject({
      code: '40005',
      verified: false,
      description:
        "The answer's signature is not Alipay's for these bytes, so it is not believed. It claims: The gateway refused the call because too many were made; nothing was carried out.",
    });
    expect(fail(unsigned(errorJson('99999'))).description).toBe(
      'The answer carries no signature, so it is not believed.',
    );
  });

  it('hides personal data and the secrets of the call in every text', () => {
    const echo =
      '验签出错，待验签字符串：biz_content={&quot;cert_no&quot;:&quot;330701199901011311&quot;,&quot;name&quot;:&quot;张三&quot;}&amp;charset=utf-8';
    const answer = fail(
      signed(
        JSON.stringify({
          code: '张三',
          msg: '13588111111 张三',
          sub_code: '13588111111',
          sub_msg: `${echo} 2088721630869411`,
        }),
      ),
      { ...applyContext, secrets: () => ['张三', '2088721630869411'] },
    );

    expect(answer).toMatchObject({
      reason: 'unlisted-code',
      code: '[redacted]',
      msg: '135****1111 [redacted]',
      subCode: '135****1111',
    });
    expect(answer.subMsg).toMatch(/^验签出错，待验签字符串：biz_content=\[redacted\]/);
    expect(printed(answer)).not.toMatch(/张三|13588111111|330701199901011311|2088721630869411/);
  });

  it('keeps a listed sub-code as it came, even where a secret of the call looks like it', () => {
    const context = { ...applyContext, secrets: () => ['ERROR', '40004'] };

    expect(fail(signed(errorJson('40004', 'NO_USER_ERROR')), context)).toMatchObject({
      code: '40004',
      subCode: 'NO_USER_ERROR',
    });
  });

  it.each([
    ['an unsigned success', unsigned(SUCCESS_JSON)],
    ['a wrongly signed success', wronglySigned(SUCCESS_JSON)],
    ['an unreadable answer', received('<html>')],
    ['a status that is not 2xx', received(SUCCESS_JSON, { status: 500 })],
    ['two signatures', received('{"sign":"a","sign":"b"}')],
    ['an answer that stays encrypted', signed('"QUJD"')],
    ['an answer without a code', signed('{"access_token":"a"}')],
    ['a verified code that is not listed', signed(errorJson('10003'))],
    ['an unverified error, which may have been a success', unsigned(errorJson('40005'))],
    ['a wrongly signed error', wronglySigned(errorJson('40004', 'NO_USER_ERROR'))],
  ])('keeps the bytes of %s, out of sight', (_name, result) => {
    const answer = fail(result);

    expect(answer.rawBody).toBe(result.body);
    expect(Object.keys(answer)).not.toContain('rawBody');
    expect(printed(answer)).not.toMatch(/20120823ac6ff|Uint8Array|html/);
  });

  it.each([
    ['a verified error', signed(errorJson('40004', 'NO_USER_ERROR'))],
    ['an error that the gateway cannot sign', unsigned(errorJson('40002', 'isv.invalid-app-id'))],
    ['no answer', noAnswer('timeout')],
  ])('keeps no bytes of %s', (_name, result) => {
    expect(fail(result).rawBody).toBeNull();
  });
});
