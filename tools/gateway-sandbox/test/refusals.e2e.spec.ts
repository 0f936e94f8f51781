import { generateKeyPairSync } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { createGatewaySandbox, type GatewaySandbox } from '../src/index.js';
import { exchange } from './support/http.js';
import {
  call,
  callAndOpen,
  NOW,
  open,
  PERSON,
  TIMESTAMP,
  type CallOptions,
} from './support/signed-call.js';

let sandbox: GatewaySandbox;
beforeAll(async () => {
  sandbox = await createGatewaySandbox({ clock: () => NOW });
});
beforeEach(() => {
  sandbox.reset();
});
afterAll(() => sandbox.close());

const APPLY_MEMBER = 'alipay_user_auth_zhimaper_inner_apply_response';

describe('a request that the gateway refuses', () => {
  const changed = (change: Record<string, string | null>): CallOptions => ({ change });
  const biz = (fields: Record<string, unknown>): CallOptions => ({
    bizContent: { ...PERSON, ...fields },
  });

  it.each<[string, CallOptions, string, string]>([
    ['an unknown charset', { charset: 'latin1' }, '40002', 'isv.invalid-charset'],
    ['no charset', changed({ charset: null }), '40002', 'isv.invalid-charset'],
    ['no sign_type', changed({ sign_type: null }), '40001', 'isv.missing-signature-type'],
    ['another sign_type', changed({ sign_type: 'rsa2' }), '40002', 'isv.invalid-signature-type'],
    ['no sign', { forge: { sign: null } }, '40001', 'isv.missing-signature'],
    ['an empty sign', { forge: { sign: '' } }, '40001', 'isv.missing-signature'],
    ['no timestamp', changed({ timestamp: null }), '40001', 'isv.missing-timestamp'],
    [
      'a timestamp in UTC',
      changed({ timestamp: '2026-11-24 08:00:00' }),
      '40002',
      'isv.invalid-timestamp',
    ],
    [
      'an ISO timestamp',
      changed({ timestamp: '2026-11-24T16:00:00' }),
      '40002',
      'isv.invalid-timestamp',
    ],
    [
      'a timestamp a second too old',
      changed({ timestamp: '2026-11-24 15:44:59' }),
      '40002',
      'isv.invalid-timestamp',
    ],
    ['no version', changed({ version: null }), '40001', 'isv.missing-version'],
    ['another version', changed({ version: '2.0' }), '40002', 'isv.invalid-version'],
    ['format XML', changed({ format: 'xml' }), '40002', 'isv.invalid-format'],
    [
      'a long app_auth_token',
      changed({ app_auth_token: 'a'.repeat(41) }),
      '40002',
      'isv.invalid-parameter',
    ],
    ['AES without a key', changed({ encrypt_type: 'AES' }), '40001', 'isv.missing-encrypt-key'],
    ['another encryption', changed({ encrypt_type: 'DES' }), '40002', 'isv.invalid-encrypt-type'],
    [
      'a value changed after signing',
      { forge: { timestamp: '2026-11-24 16:00:01' } },
      '40002',
      'isv.invalid-signature',
    ],
    [
      'a parameter added after signing',
      { forge: { alipay_sdk: 'x' } },
      '40002',
      'isv.invalid-signature',
    ],
    [
      'biz_content changed after signing',
      { forge: { biz_content: '{}' } },
      '40002',
      'isv.invalid-signature',
    ],
    ['biz_content that is no JSON', { bizContent: '{"a":' }, '40002', 'isv.illegal-json'],
    ['biz_content that is a list', { bizContent: '[]' }, '40002', 'isv.invalid-parameter'],
    ['no biz_content', changed({ biz_content: null }), '40004', 'CERT_NO_IS_NULL'],
    ['no cert_no', biz({ cert_no: undefined }), '40004', 'CERT_NO_IS_NULL'],
    ['a blank cert_type', biz({ cert_type: ' ' }), '40004', 'CERT_TYPE_IS_NULL'],
    ['an empty name', biz({ name: '' }), '40004', 'NAME_IS_NULL'],
    ['a mobile of null', biz({ mobile: null }), '40004', 'MOBILE_IS_NULL'],
    ['another cert_type', biz({ cert_type: 'PASSPORT' }), '40002', 'isv.invalid-parameter'],
    [
      'a mobile that is a number',
      biz({ mobile: 13_588_111_111 }),
      '40002',
      'isv.invalid-parameter',
    ],
    ['a cert_no of 33', biz({ cert_no: '1'.repeat(33) }), '40002', 'isv.invalid-parameter'],
    ['a name of 17', biz({ name: '张'.repeat(17) }), '40002', 'isv.invalid-parameter'],
    ['a mobile of 17', biz({ mobile: '1'.repeat(17) }), '40002', 'isv.invalid-parameter'],
    [
      'a merchant of 17',
      biz({ linked_merchant_id: '2'.repeat(17) }),
      '40002',
      'isv.invalid-parameter',
    ],
  ])('with %s: signed answer, no tokens', async (_, options, code, subCode) => {
    const answer = await call(sandbox, options);
    const { memberName, member, verified } = open(answer, sandbox);

    expect(answer.status).toBe(200);
    expect([memberName, verified]).toEqual([APPLY_MEMBER, true]);
    expect([member['code'], member['sub_code']]).toEqual([code, subCode]);
    const { requests, tokens } = sandbox.ledger();
    expect(requests.map((one) => [one.verdict, one.outcome])).toEqual([[subCode, subCode]]);
    expect(tokens).toEqual([]);
  });

  it.each<[string, string | null, string, string, string, string]>([
    [
      'an unknown app',
      '2021999999999999',
      '40002',
      'Invalid Arguments',
      '无效的AppID参数',
      'isv.invalid-app-id',
    ],
    ['no app', null, '40001', 'Missing Required Arguments', '缺少AppID参数', 'isv.missing-app-id'],
  ])('for %s: an answer without a signature', async (_, appId, code, msg, subMsg, subCode) => {
    const answer = await call(sandbox, { change: { app_id: appId } });
    expect(answer.body.toString()).toBe(
      `{"${APPLY_MEMBER}":{"msg":"${msg}","code":"${code}","sub_msg":"${subMsg}","sub_code":"${subCode}"}}`,
    );
  });

  it.each([
    ['no method', { method: null }, 'isv.missing-method'],
    ['an unknown method', { method: 'alipay.trade.pay' }, 'isv.invalid-method'],
  ])('with %s: in error_response', async (_, change, subCode) => {
    const { memberName, member, verified } = await callAndOpen(sandbox, { change });
    expect([memberName, member['sub_code'], verified]).toEqual(['error_response', subCode, true]);
  });

  it('does not put an odd method name into the answer', async () => {
    const { memberName } = await callAndOpen(sandbox, { change: { method: '"},{"x":"' } });
    expect(memberName).toBe('error_response');
  });

  it('signed by another key: the echo of what was verified, in the charset asked for', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const { member } = await callAndOpen(sandbox, { charset: 'GBK', privateKey });
    expect(member).toEqual({
      msg: 'Invalid Arguments',
      code: '40002',
      sub_msg: `验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：app_id=2021000000000001&amp;biz_content={&quot;cert_no&quot;:&quot;330701199901011311&quot;,&quot;cert_type&quot;:&quot;IDENTITY_CARD&quot;,&quot;name&quot;:&quot;张三&quot;,&quot;mobile&quot;:&quot;13588111111&quot;}&amp;charset=GBK&amp;format=JSON&amp;method=alipay.user.auth.zhimaper.inner.apply&amp;sign_type=RSA2&amp;timestamp=${TIMESTAMP}&amp;version=1.0`,
      sub_code: 'isv.invalid-signature',
    });
  });

  it('with a parameter twice', async () => {
    const url = `${sandbox.gatewayUrl}?charset=utf-8&charset=gbk`;
    const { member } = open(await exchange(url), sandbox);
    expect(member['sub_msg']).toBe('参数无效：charset重复或者编码错误');
  });

  it('whose body is no form', async () => {
    const answer = await exchange(`${sandbox.gatewayUrl}?charset=utf-8`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: 'method=alipay.user.auth.zhimaper.inner.apply',
    });
    expect(open(answer, sandbox).member['sub_code']).toBe('isv.missing-method');
  });

  it('takes any timestamp where the tolerance is without end', async () => {
    const { keys } = sandbox;
    const tolerant = await createGatewaySandbox({ keys, timestampToleranceMs: Infinity });
    const { member } = await callAndOpen(tolerant, {
      change: { timestamp: '2014-07-24 03:07:50' },
    });
    await tolerant.close();
    expect(member['code']).toBe('10000');
  });
});
