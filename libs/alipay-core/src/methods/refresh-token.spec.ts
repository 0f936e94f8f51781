import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { answerOf, fakeGateway } from '../../test/fake-gateway.js';
import type { TransportResult } from '../gateway/transport.js';

const MEMBER = 'alipay_system_oauth_token_response';
const OLD = '20120823ac6ffdsdf2d84e7384bf983531473993';
const PAIR = { access_token: 'publicpBa869cad0990e4e17a57ecf7c5469a4b2', refresh_token: '201208' };

const success = (members: object = {}) => answerOf(MEMBER, JSON.stringify({ ...PAIR, ...members }));
const error = (subCode: string, code = '40002') =>
  answerOf('error_response', JSON.stringify({ code, msg: 'M', sub_code: subCode }));

async function refresh(answer: TransportResult) {
  const { client, sent } = fakeGateway(() => answer);
  return { result: await client.refreshToken(OLD), sent };
}

describe('refreshToken', () => {
  it('sends its parameters at the top level, signed, in the body, and no biz_content', async () => {
    const { sent } = await refresh(success());
    expect(sent).toEqual([
      {
        query: {
          app_id: '2014072300007148',
          method: 'alipay.system.oauth.token',
          format: 'JSON',
          charset: 'utf-8',
          sign_type: 'RSA2',
          timestamp: '2014-07-24 03:07:50',
          version: '1.0',
          sign: expect.stringMatching(/^[A-Za-z0-9+/]{342}==$/),
        },
        body: { grant_type: 'refresh_token', refresh_token: OLD },
      },
    ]);
  });

  it("takes the interface's own answer, which has no code", async () => {
    const { result } = await refresh(
      success({
        expires_in: 3600,
        re_expires_in: '2592000',
        user_id: '2088411964574197',
        open_id: '074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5',
        auth_start: '2010-11-11 11:11:11',
      }),
    );
    expect({ ...result }).toEqual({
      outcome: 'success',
      accessToken: 'publicpBa869cad0990e4e17a57ecf7c5469a4b2',
      refreshToken: '201208',
      expiresIn: 3600,
      reExpiresIn: 2_592_000,
      userId: '2088411964574197',
      openId: '074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5',
      authStart: '2010-11-11 11:11:11',
      code: null,
      traceId: '0b5f7a2e17',
      verified: true,
    });
  });

  it.each([
    ['"3600"', 3600],
    ['0', 0],
    ['3600.5', null],
    ['-1', null],
    ['"soon"', null],
    ['""', null],
    ['null', null],
    ['98765432109876543210', null],
  ])('reads expires_in %s as %p', async (written, expected) => {
    const value = `{"access_token":"a","refresh_token":"b","expires_in":${written}}`;
    const { result } = await refresh(answerOf(MEMBER, value));
    expect(result).toMatchObject({ outcome: 'success', expiresIn: expected });
  });

  it('has null for what the answer leaves out', async () => {
    expect((await refresh(success())).result).toMatchObject({
      expiresIn: null,
      reExpiresIn: null,
      userId: null,
      openId: null,
      authStart: null,
    });
  });

  it.each([
    ['access_token', { access_token: '' }],
    ['refresh_token', { refresh_token: undefined }],
  ])('believes no success without its %s, and keeps its bytes', async (_name, members) => {
    const answer = success(members);
    const { result } = await refresh(answer);
    expect(result).toMatchObject({
      outcome: 'unknown-outcome',
      reason: 'incomplete-success',
      rawBody: answer.kind === 'response' ? answer.body : null,
    });
  });

  it.each([
    ['isv.refresh-token-invalid', 'token'],
    ['isv.refresh-token-time-out', 'token'],
    ['isv.grant-type-invalid', 'caller-config'],
    ['isp.unknow-error', 'unknown-outcome'],
  ])('says what %s means: %s', async (subCode, outcome) => {
    expect((await refresh(error(subCode))).result).toMatchObject({ outcome, subCode });
  });

  it.each<[string, TransportResult]>([
    ['not-sent', { kind: 'not-sent', reason: 'connection-refused' }],
    ['unknown-outcome', { kind: 'no-answer', reason: 'timeout' }],
    ['rate-limited', error('isv.app-call-limited', '40005')],
  ])('never repeats %s on its own', async (outcome, answer) => {
    const { result, sent } = await refresh(answer);
    expect(result.outcome).toBe(outcome);
    expect(sent).toHaveLength(1);
  });

  it('repeats what never left where that is asked for', async () => {
    const answers = [{ kind: 'not-sent', reason: 'connection-refused' } as const, success()];
    const { client, sent } = fakeGateway(() => answers[sent.length - 1] ?? success());
    expect((await client.refreshToken(OLD, { retry: { attempts: 2 } })).outcome).toBe('success');
    expect(sent).toHaveLength(2);
  });

  it.each(['', '  '])('refuses the token %j before anything is sent', async (token) => {
    const { client, sent } = fakeGateway(() => success());
    await expect(client.refreshToken(token)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ field: 'refreshToken', code: 'REFRESH_TOKEN_IS_NULL', message: 'is required' }],
    });
    expect(sent).toEqual([]);
  });

  it('prints neither tokens nor person', async () => {
    const { result } = await refresh(success({ user_id: '2088411964574197', open_id: '074a1Cc' }));
    const printed = [inspect(result), JSON.stringify(result), inspect({ result })].join('\n');
    expect(printed).not.toMatch(/publicpBa|201208|2088411964574197|074a1Cc/);
    expect(JSON.parse(JSON.stringify(result))).toMatchObject({
      accessToken: '[redacted]',
      refreshToken: '[redacted]',
      userId: '[redacted]',
      openId: '[redacted]',
    });
  });

  it('hides the token sent in the text of an error', async () => {
    const { result } = await refresh(
      answerOf(
        'error_response',
        JSON.stringify({
          code: '40002',
          sub_code: 'isv.refresh-token-invalid',
          sub_msg: `x${OLD}`,
        }),
      ),
    );
    expect(result).toMatchObject({ subMsg: 'x[redacted]' });
  });
});

describe('execute of alipay.system.oauth.token', () => {
  it('knows that a success has no code, and needs both tokens', async () => {
    const call = (members: object) => {
      const { client } = fakeGateway(() => success(members));
      return client.execute('alipay.system.oauth.token', {
        params: { grant_type: 'x', code: 'c' },
      });
    };
    expect(await call({})).toMatchObject({ outcome: 'success', data: PAIR });
    expect(await call({ access_token: '' })).toMatchObject({ reason: 'incomplete-success' });
  });
});
