import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { createGatewaySandbox, type GatewaySandbox } from '../src/index.js';
import { call, callAndOpen, NOW, PERSON, type CallOptions } from './support/signed-call.js';

const TOKEN = 'alipay.system.oauth.token';
const DAY_MS = 24 * 60 * 60 * 1000;

let sandbox: GatewaySandbox;
let now = NOW;
beforeAll(async () => {
  sandbox = await createGatewaySandbox({ clock: () => now, timestampToleranceMs: Infinity });
});
afterEach(() => {
  now = NOW;
  sandbox.reset();
});
afterAll(() => sandbox.close());

/** Applies and returns the pair; the mobile decides whether it is permanent. */
async function apply(mobile = PERSON.mobile) {
  await call(sandbox, { bizContent: { ...PERSON, mobile } });
  return sandbox.ledger().tokens.at(-1)!;
}

const EXPIRING = '13800001001';

const refreshing = (refreshToken: string, body: Record<string, string> = {}): CallOptions => ({
  change: { method: TOKEN, biz_content: null },
  body: { grant_type: 'refresh_token', refresh_token: refreshToken, ...body },
});

const subCodeOf = async (options: CallOptions) => {
  const { memberName, member, verified } = await callAndOpen(sandbox, options);
  return [memberName, member['code'], member['sub_code'], verified];
};

describe('alipay.system.oauth.token', () => {
  it('gives a fresh pair for a refresh token, without code and msg', async () => {
    const first = await apply();
    now += 10_000;
    const answer = await call(sandbox, refreshing(first.refreshToken));
    const second = sandbox.ledger().tokens[1]!;
    const members = `"user_id":"2088000000000001","access_token":"${second.accessToken}","expires_in":1296000,"refresh_token":"${second.refreshToken}","re_expires_in":2591990,"auth_start":"2026-11-24 16:00:00"`;
    expect(answer.body.toString()).toContain(`{"alipay_system_oauth_token_response":{${members}},`);
    expect(second).toEqual({
      at: '2026-11-24T08:00:10.000Z',
      kind: 'refresh',
      accessToken: second.accessToken,
      refreshToken: second.refreshToken,
      replaces: { accessToken: first.accessToken, refreshToken: first.refreshToken },
      method: TOKEN,
      certNo: '330701199901011311',
      mobile: '13588111111',
      traceId: answer.headers['trace_id'],
    });
    expect(new Set([second.accessToken, second.refreshToken, first.accessToken]).size).toBe(3);
  });

  it.each(['GBK', 'utf-8'])('is signed in %s', async (charset) => {
    const { refreshToken } = await apply();
    const { verified } = await callAndOpen(sandbox, { ...refreshing(refreshToken), charset });
    expect(verified).toBe(true);
  });

  it('gives numbers as texts where a scenario asks for it', async () => {
    const { refreshToken } = await apply();
    sandbox.addScenario({ match: { method: TOKEN }, then: { numbersAsText: true } });
    const { member, verified } = await callAndOpen(sandbox, refreshing(refreshToken));
    expect([member['expires_in'], member['re_expires_in'], verified]).toEqual([
      '1296000',
      '2592000',
      true,
    ]);
  });

  it('takes a refresh token once, also of twenty at the same time', async () => {
    const { refreshToken } = await apply();
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => subCodeOf(refreshing(refreshToken))),
    );
    const refused = ['error_response', '40002', 'isv.refresh-token-invalid', true];
    const taken = ['alipay_system_oauth_token_response', undefined, undefined, true];
    expect(codes.filter(([, code]) => code === undefined)).toEqual([taken]);
    expect(codes.filter(([, code]) => code !== undefined)).toEqual(Array(19).fill(refused));
    expect(sandbox.ledger().tokens.map((pair) => pair.kind)).toEqual(['apply', 'refresh']);
  });

  it('does not extend the deadline', async () => {
    const first = await apply(EXPIRING);
    now += 20 * DAY_MS;
    const { member } = await callAndOpen(sandbox, refreshing(first.refreshToken));
    // What is left of thirty days, which also ends the access token before its fifteen days.
    expect([member['expires_in'], member['re_expires_in']]).toEqual([864_000, 864_000]);
    now += 10 * DAY_MS - 1;
    const last = (await callAndOpen(sandbox, refreshing(String(member['refresh_token'])))).member;
    expect([last['expires_in'], last['re_expires_in']]).toEqual([0, 0]);
    now += 1;
    expect(await subCodeOf(refreshing(String(last['refresh_token'])))).toEqual([
      'error_response',
      '40002',
      'isv.refresh-token-time-out',
      true,
    ]);
  });

  it('refreshes permanent tokens for ever', async () => {
    const { refreshToken } = await apply();
    now += 1000 * DAY_MS;
    const { member } = await callAndOpen(sandbox, refreshing(refreshToken));
    expect([member['expires_in'], member['re_expires_in']]).toEqual([0, 0]);
  });

  it.each<[string, CallOptions, string]>([
    ['an unknown refresh token', refreshing('x'), 'isv.refresh-token-invalid'],
    ['no refresh token', refreshing(''), 'isv.refresh-token-invalid'],
    ['another grant_type', refreshing('x', { grant_type: 'password' }), 'isv.grant-type-invalid'],
    [
      'its parameters in biz_content',
      {
        change: { method: TOKEN },
        bizContent: { grant_type: 'refresh_token', refresh_token: 'x' },
      },
      'isv.grant-type-invalid',
    ],
    [
      'an authorisation code',
      refreshing('', { grant_type: 'authorization_code', code: 'x' }),
      'isv.code-invalid',
    ],
  ])('refuses %s', async (_, options, subCode) => {
    expect(await subCodeOf(options)).toEqual(['error_response', '40002', subCode, true]);
  });

  it('does not take a refresh token that was changed after signing', async () => {
    const { refreshToken } = await apply();
    const options = { ...refreshing('x'), forge: { refresh_token: refreshToken } };
    expect((await subCodeOf(options))[2]).toBe('isv.invalid-signature');
    expect(await subCodeOf(refreshing(refreshToken))).toContain(
      'alipay_system_oauth_token_response',
    );
  });

  it.each([
    ['resetBefore', ['apply']],
    ['resetAfter', ['apply', 'refresh']],
  ] as const)('with %s leaves %j on the ledger', async (fault, kinds) => {
    const { refreshToken } = await apply();
    sandbox.addScenario({ match: { method: TOKEN }, times: 1, then: { [fault]: true } });
    await expect(call(sandbox, refreshing(refreshToken))).rejects.toThrow('ECONNRESET');
    expect(sandbox.ledger().tokens.map((pair) => pair.kind)).toEqual(kinds);
    const used = fault === 'resetAfter';
    expect((await subCodeOf(refreshing(refreshToken)))[2]).toBe(
      used ? 'isv.refresh-token-invalid' : undefined,
    );
  });

  it('does not use a refresh token up where a scenario answers an error', async () => {
    const { refreshToken } = await apply();
    const then = { subCode: 'isv.refresh-token-time-out' };
    sandbox.addScenario({ match: { method: TOKEN }, times: 1, then });
    expect((await subCodeOf(refreshing(refreshToken)))[2]).toBe('isv.refresh-token-time-out');
    expect((await subCodeOf(refreshing(refreshToken)))[2]).toBeUndefined();
  });
});

describe('auth_token', () => {
  const withToken = async (token: string) =>
    (await callAndOpen(sandbox, { change: { auth_token: token } })).member['sub_code'];

  it("passes where it is alive or somebody else's", async () => {
    const { accessToken } = await apply();
    expect([await withToken(accessToken), await withToken('another')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('is dead as soon as its pair was refreshed', async () => {
    const first = await apply();
    await call(sandbox, refreshing(first.refreshToken));
    expect(await withToken(first.accessToken)).toBe('aop.invalid-auth-token');
    expect(await withToken(sandbox.ledger().tokens[1]!.accessToken)).toBeUndefined();
  });

  it('times out unless it is permanent', async () => {
    const [permanent, expiring] = [await apply(), await apply(EXPIRING)];
    now += 15 * DAY_MS;
    expect([await withToken(permanent.accessToken), await withToken(expiring.accessToken)]).toEqual(
      [undefined, 'aop.auth-token-time-out'],
    );
  });

  it('and what else comes beside the content is on the ledger, tokens masked', async () => {
    const change = {
      notify_url: 'https://example.com/notify',
      return_url: 'https://example.com/back',
      app_auth_token: '201509BBeff9351ad1874306903e96b91d248A36',
      auth_token: 'short',
    };
    const { member } = await callAndOpen(sandbox, { change });
    expect(member['code']).toBe('10000');
    expect(sandbox.ledger().requests[0]).toMatchObject({
      notifyUrl: 'https://example.com/notify',
      returnUrl: 'https://example.com/back',
      appAuthToken: '2015***8A36',
      authToken: '***',
    });
  });
});
