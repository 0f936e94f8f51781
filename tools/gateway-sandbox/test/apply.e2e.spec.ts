import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { createGatewaySandbox, type GatewaySandbox } from '../src/index.js';
import { APPLY, call, callAndOpen, NOW, open, PERSON } from './support/signed-call.js';

let sandbox: GatewaySandbox;
beforeAll(async () => {
  sandbox = await createGatewaySandbox({ clock: () => NOW });
});
beforeEach(() => {
  sandbox.reset();
});
afterAll(() => sandbox.close());

const TOKEN = /^20261124[0-9a-f]{32}$/;

describe('an application', () => {
  const charsets = ['utf-8', 'UTF-8', 'GBK', 'gbk', 'gb2312', 'GB18030'];
  it.each(charsets.flatMap((charset) => ['RSA2', 'RSA'].map((signType) => [charset, signType])))(
    'in %s signed with %s is accepted and answered alike',
    async (charset, signType) => {
      const answer = await call(sandbox, { charset, signType });
      const { memberName, member, verified } = open(answer, sandbox, { charset, signType });

      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe(`text/html;charset=${charset}`);
      expect(answer.headers.date).toBe('Tue, 24 Nov 2026 08:00:00 GMT');
      expect(memberName).toBe('alipay_user_auth_zhimaper_inner_apply_response');
      expect(verified).toBe(true);
      expect(Object.keys(member)).toEqual([
        'msg',
        'access_token',
        'refresh_token',
        'auth_token_type',
        'code',
      ]);
      expect([member['msg'], member['auth_token_type'], member['code']]).toEqual([
        'Success',
        'permanent',
        '10000',
      ]);
      expect(member['access_token']).toMatch(TOKEN);
      expect(member['refresh_token']).toMatch(TOKEN);
      expect(member['refresh_token']).not.toBe(member['access_token']);

      const traceId = answer.headers['trace_id'];
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(sandbox.ledger()).toEqual({
        requests: [
          {
            at: '2026-11-24T08:00:00.000Z',
            method: APPLY,
            certNo: '330701199901011311',
            name: '张三',
            mobile: '13588111111',
            charset,
            signType,
            mode: 'key',
            encrypted: false,
            notifyUrl: null,
            returnUrl: null,
            appAuthToken: null,
            authToken: null,
            verdict: 'accepted',
            outcome: 'success',
            fault: null,
            traceId,
          },
        ],
        tokens: [
          {
            at: '2026-11-24T08:00:00.000Z',
            kind: 'apply',
            replaces: null,
            accessToken: member['access_token'],
            refreshToken: member['refresh_token'],
            method: APPLY,
            certNo: '330701199901011311',
            mobile: '13588111111',
            traceId,
          },
        ],
      });
    },
  );

  it('gets a fresh pair each time', async () => {
    await Promise.all(Array.from({ length: 20 }, () => call(sandbox)));
    const { tokens } = sandbox.ledger();
    expect(new Set(tokens.flatMap((pair) => [pair.accessToken, pair.refreshToken])).size).toBe(40);
  });

  it.each([
    ['everything in the query of a GET', { verb: 'GET' }],
    ['format in small letters', { change: { format: 'json' } }],
    ['no format', { change: { format: null } }],
    ['an app_auth_token of 40 characters', { change: { app_auth_token: 'a'.repeat(40) } }],
    ['an empty parameter, unsigned', { change: { auth_token: '' } }],
    ['a client name', { change: { alipay_sdk: 'zhimaper/1' } }],
    ['a timestamp at the edge', { change: { timestamp: '2026-11-24 15:45:00' } }],
    ['a name of 16 rare characters', { bizContent: { ...PERSON, name: '𠮷'.repeat(16) } }],
    ['a merchant', { bizContent: { ...PERSON, linked_merchant_id: '2088721630869411' } }],
    ['an unknown field', { bizContent: { ...PERSON, extra: 1 } }],
  ] as const)('with %s is accepted', async (_, options) => {
    const { member, verified } = await callAndOpen(sandbox, options);
    expect([member['code'], verified]).toEqual(['10000', true]);
  });
});
